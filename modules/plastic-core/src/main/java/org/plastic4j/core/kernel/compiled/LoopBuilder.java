package org.plastic4j.core.kernel.compiled;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Assembles a method of loops over vectors of the Vector API, as a hidden class. Java code that runs once describes the
 * method; a loop in that code repeats statements, so that vectors which a plain Java loop could hold only in an array,
 * which is memory, become variables, which are registers.
 *
 * <p>Parameters are declared in the order of the method. The class names the Vector API by text alone: it can be loaded
 * where the JVM runs without it.
 */
public final class LoopBuilder {
    private static final String API = "jdk/incubator/vector/";
    private static final String FLOATS = API + "FloatVector";
    private static final String INTS = API + "IntVector";
    private static final String OPERATORS = API + "VectorOperators";
    private static final String ANY = "L" + API + "Vector;";
    private static final String SPECIES = "L" + API + "VectorSpecies;";
    private static final String LANES = "LANES";
    /**
     * HotSpot's compiler inlines what is shorter into the loops around the call, and then keeps vectors in memory. Dead
     * code behind the method makes up what is missing.
     */
    private static final int LONGEST_INLINED = 325;

    private final MethodVisitor code;
    private final String owner;
    private final Class<?>[] parameters;
    private int declared;
    private int nextSlot = 1;

    private LoopBuilder(MethodVisitor code, String owner, Class<?>... parameters) {
        this.code = code;
        this.owner = owner;
        this.parameters = parameters;
        for (Class<?> parameter : parameters) {
            nextSlot += Type.getType(parameter).getSize();
        }
    }

    /**
     * Assembles an implementation of an interface with one method.
     *
     * @param caller its class may see the interface
     * @param shape the interface; the method takes arrays of floats, ints and floats, and returns nothing
     * @param lanes the species of all vectors
     * @param body describes the method
     */
    public static <T> T build(MethodHandles.Lookup caller, Class<T> shape, Object lanes, Consumer<LoopBuilder> body) {
        Method method = Arrays.stream(shape.getMethods())
                .filter(candidate -> Modifier.isAbstract(candidate.getModifiers()))
                .findAny()
                .orElseThrow();
        String owner = Type.getInternalName(caller.lookupClass()) + shape.getSimpleName() + "Loop";
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                owner,
                null,
                Type.getInternalName(Object.class),
                new String[] {Type.getInternalName(shape)});
        writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, LANES, SPECIES, null, null);
        lanesFromClassData(writer, owner);
        constructor(writer);
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC, method.getName(), Type.getMethodDescriptor(method), null, null);
        code.visitCode();
        body.accept(new LoopBuilder(code, owner, method.getParameterTypes()));
        code.visitInsn(Opcodes.RETURN);
        for (int dead = 0; dead < LONGEST_INLINED; dead++) {
            code.visitInsn(Opcodes.NOP);
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        try {
            MethodHandles.Lookup hidden = caller.defineHiddenClassWithClassData(writer.toByteArray(), lanes, true);
            return shape.cast(hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
                    .invoke());
        } catch (Throwable e) {
            throw new IllegalStateException("The loop " + owner + " could not be assembled.", e);
        }
    }

    /** A constant to the compiler, as a final field of a hidden class is. */
    private static void lanesFromClassData(ClassWriter writer, String owner) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/invoke/MethodHandles",
                "lookup",
                "()Ljava/lang/invoke/MethodHandles$Lookup;",
                false);
        code.visitLdcInsn("_");
        code.visitLdcInsn(Type.getType(SPECIES));
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/invoke/MethodHandles",
                "classData",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
                false);
        code.visitTypeInsn(Opcodes.CHECKCAST, API + "VectorSpecies");
        code.visitFieldInsn(Opcodes.PUTSTATIC, owner, LANES, SPECIES);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void constructor(ClassWriter writer) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    // What a method consists of.

    /** An array of floats. */
    public record Floats(int slot) {}

    /** An array of arrays of floats among the parameters. */
    public record FloatArrays(int slot) {}

    /** An int: {@code value + offset}. */
    public final class Int {
        private final Runnable value;
        private final int offset;

        private Int(Runnable value, int offset) {
            this.value = value;
            this.offset = offset;
        }

        public Int plus(int more) {
            return new Int(value, offset + more);
        }

        public Int plus(Int other) {
            return new Int(() -> binary(Opcodes.IADD, this::push, other::push), 0);
        }

        public Int times(Int factor) {
            return new Int(() -> binary(Opcodes.IMUL, this::push, factor::push), 0);
        }

        public Int times(int factor) {
            return times(constant(factor));
        }

        public Int and(int mask) {
            return new Int(() -> binary(Opcodes.IAND, this::push, constant(mask)::push), 0);
        }

        private void push() {
            value.run();
            if (offset != 0) {
                LoopBuilder.this.push(offset);
                code.visitInsn(Opcodes.IADD);
            }
        }
    }

    /** A vector of floats. Where it is used twice, {@link #let} makes it a {@link Variable}. */
    public class Vector {
        private final Runnable push;

        private Vector(Runnable push) {
            this.push = push;
        }

        /** {@code this * factor + summand}, rounded once. */
        public Vector fma(Vector factor, Vector summand) {
            return called("fma", this, factor, summand);
        }

        public Vector mul(Vector other) {
            return called("mul", this, other);
        }

        public Vector add(Vector other) {
            return called("add", this, other);
        }

        public Vector sub(Vector other) {
            return called("sub", this, other);
        }

        public Vector div(Vector other) {
            return called("div", this, other);
        }

        public Vector min(Vector other) {
            return called("min", this, other);
        }

        public Vector max(Vector other) {
            return called("max", this, other);
        }

        public Vector abs() {
            return called("abs", this);
        }

        public Vector sqrt() {
            return called("sqrt", this);
        }

        public Bits bits() {
            return new Bits(() -> {
                push.run();
                code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FLOATS, "reinterpretAsInts", "()L" + INTS + ";", false);
            });
        }

        /** {@code then} in the lanes where {@code this operator other} holds, else {@code otherwise}. */
        public Vector where(String operator, Vector other, Vector then, Vector otherwise) {
            return new Vector(() -> {
                otherwise.push.run();
                then.push.run();
                push.run();
                operator(operator, "Comparison");
                other.push.run();
                code.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL,
                        FLOATS,
                        "compare",
                        "(L" + OPERATORS + "$Comparison;" + ANY + ")L" + API + "VectorMask;",
                        false);
                code.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL,
                        FLOATS,
                        "blend",
                        "(" + ANY + "L" + API + "VectorMask;)L" + FLOATS + ";",
                        false);
            });
        }
    }

    /** A vector of ints: the bits of floats. */
    public final class Bits {
        private final Runnable push;

        private Bits(Runnable push) {
            this.push = push;
        }

        public Bits and(Bits other) {
            return calledOnBits("and", other);
        }

        public Bits or(Bits other) {
            return calledOnBits("or", other);
        }

        public Bits min(Bits other) {
            return calledOnBits("min", other);
        }

        public Bits sub(Bits other) {
            return calledOnBits("sub", other);
        }

        public Bits xor(Bits other) {
            return new Bits(() -> {
                push.run();
                operator("XOR", "Associative");
                other.push.run();
                lanewise(ANY);
            });
        }

        public Bits plus(int number) {
            return shiftedOrAdded("ADD", "Associative", number);
        }

        /** To the right, with the sign. */
        public Bits shift(int indices) {
            return shiftedOrAdded("ASHR", "Binary", indices);
        }

        public Bits shiftLeft(int indices) {
            return shiftedOrAdded("LSHL", "Binary", indices);
        }

        public Vector floats() {
            return new Vector(() -> {
                push.run();
                code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INTS, "reinterpretAsFloats", "()L" + FLOATS + ";", false);
            });
        }

        private Bits shiftedOrAdded(String operator, String type, int number) {
            return new Bits(() -> {
                push.run();
                operator(operator, type);
                push(number);
                lanewise("I");
            });
        }

        private Bits calledOnBits(String name, Bits other) {
            return new Bits(() -> {
                push.run();
                other.push.run();
                code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INTS, name, "(" + ANY + ")L" + INTS + ";", false);
            });
        }

        private void lanewise(String operand) {
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    INTS,
                    "lanewise",
                    "(L" + OPERATORS + "$Binary;" + operand + ")L" + INTS + ";",
                    false);
        }
    }

    private void operator(String name, String type) {
        code.visitFieldInsn(Opcodes.GETSTATIC, OPERATORS, name, "L" + OPERATORS + "$" + type + ";");
    }

    /** A vector that has a register. */
    public final class Variable extends Vector {
        private final int slot;

        private Variable(int slot) {
            super(() -> code.visitVarInsn(Opcodes.ALOAD, slot));
            this.slot = slot;
        }

        public void set(Vector value) {
            value.push.run();
            code.visitVarInsn(Opcodes.ASTORE, slot);
        }
    }

    /** The next parameter, an array. */
    public Floats floats() {
        return new Floats(next(float[].class));
    }

    /** The next parameter, an array of arrays. */
    public FloatArrays arrays() {
        return new FloatArrays(next(float[][].class));
    }

    /** A new variable: one of the arrays. */
    public Floats element(FloatArrays arrays, Int at) {
        int slot = nextSlot++;
        code.visitVarInsn(Opcodes.ALOAD, arrays.slot());
        at.push();
        code.visitInsn(Opcodes.AALOAD);
        code.visitVarInsn(Opcodes.ASTORE, slot);
        return new Floats(slot);
    }

    /** The next parameter, an int. */
    public Int integer() {
        int slot = next(int.class);
        return new Int(() -> code.visitVarInsn(Opcodes.ILOAD, slot), 0);
    }

    private int next(Class<?> type) {
        int slot = 1;
        for (int k = 0; k < declared; k++) {
            slot += Type.getType(parameters[k]).getSize();
        }
        if (parameters[declared] != type) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT, "%s: parameter %d is %s, not %s.", owner, declared, parameters[declared], type));
        }
        declared++;
        return slot;
    }

    public Int constant(int value) {
        return new Int(() -> push(value), 0);
    }

    /** A new int variable. */
    public Int let(Int value) {
        int slot = nextSlot++;
        value.push();
        code.visitVarInsn(Opcodes.ISTORE, slot);
        return new Int(() -> code.visitVarInsn(Opcodes.ILOAD, slot), 0);
    }

    /** A new vector variable. */
    public Variable let(Vector value) {
        Variable variable = new Variable(nextSlot++);
        variable.set(value);
        return variable;
    }

    /** A new variable. */
    public Bits let(Bits value) {
        int slot = nextSlot++;
        value.push.run();
        code.visitVarInsn(Opcodes.ASTORE, slot);
        return new Bits(() -> code.visitVarInsn(Opcodes.ALOAD, slot));
    }

    /** A number in all lanes. */
    public Vector number(float number) {
        return new Vector(() -> {
            lanes();
            code.visitLdcInsn(number);
            staticCall("broadcast", "(" + SPECIES + "F)");
        });
    }

    public Vector zero() {
        return new Vector(() -> {
            lanes();
            staticCall("zero", "(" + SPECIES + ")");
        });
    }

    /** One float of an array in all lanes. */
    public Vector broadcast(Floats array, Int at) {
        return new Vector(() -> {
            lanes();
            element(array, at);
            code.visitInsn(Opcodes.FALOAD);
            staticCall("broadcast", "(" + SPECIES + "F)");
        });
    }

    public Vector load(Floats array, Int at) {
        return new Vector(() -> {
            lanes();
            element(array, at);
            staticCall("fromArray", "(" + SPECIES + "[FI)");
        });
    }

    public void store(Vector value, Floats array, Int at) {
        value.push.run();
        element(array, at);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FLOATS, "intoArray", "([FI)V", false);
    }

    /** {@code for (int k = 0; k < end; k += step)}. */
    public void loop(Int end, int step, Consumer<Int> body) {
        int slot = nextSlot++;
        Label top = new Label();
        Label done = new Label();
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, slot);
        code.visitLabel(top);
        code.visitVarInsn(Opcodes.ILOAD, slot);
        end.push();
        code.visitJumpInsn(Opcodes.IF_ICMPGE, done);
        body.accept(new Int(() -> code.visitVarInsn(Opcodes.ILOAD, slot), 0));
        code.visitIincInsn(slot, step);
        code.visitJumpInsn(Opcodes.GOTO, top);
        code.visitLabel(done);
    }

    private void lanes() {
        code.visitFieldInsn(Opcodes.GETSTATIC, owner, LANES, SPECIES);
    }

    private void element(Floats array, Int at) {
        code.visitVarInsn(Opcodes.ALOAD, array.slot());
        at.push();
    }

    private void staticCall(String name, String arguments) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, FLOATS, name, arguments + "L" + FLOATS + ";", false);
    }

    private Vector called(String name, Vector on, Vector... arguments) {
        return new Vector(() -> {
            on.push.run();
            for (Vector argument : arguments) {
                argument.push.run();
            }
            String descriptor = "(" + ANY.repeat(arguments.length) + ")L" + FLOATS + ";";
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FLOATS, name, descriptor, false);
        });
    }

    private void binary(int opcode, Runnable left, Runnable right) {
        left.run();
        right.run();
        code.visitInsn(opcode);
    }

    private void push(int value) {
        if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            code.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            code.visitLdcInsn(value);
        }
    }
}
