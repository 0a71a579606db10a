package org.plastic4j.core.kernel.compiled;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Assembles a method of loops over vectors of the Vector API, as a hidden class. Java code that runs once describes the
 * method; a loop in that code repeats statements, so that vectors which a plain Java loop could hold only in an array,
 * which is memory, become variables, which are registers.
 *
 * <p>Parameters are declared in the order of the method. Without the Vector API vectors have one element: the same loops
 * in plain floats.
 */
public final class LoopBuilder {
    private final MethodVisitor code;
    private final Instructions instructions;
    private final String owner;
    private final Class<?>[] parameters;
    private int declared;
    private int nextSlot = 1;

    private LoopBuilder(MethodVisitor code, Instructions instructions, String owner, Class<?>... parameters) {
        this.code = code;
        this.instructions = instructions;
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
     * @param lanes the species of all vectors; null for vectors of one element, which need no Vector API
     * @param body describes the method
     */
    public static <T> T build(MethodHandles.Lookup caller, Class<T> shape, Object lanes, Consumer<LoopBuilder> body) {
        return build(caller, shape, lanes, body, classFile -> {});
    }

    /** The same, and hands over the class as it is in a file. */
    static <T> T build(
            MethodHandles.Lookup caller,
            Class<T> shape,
            Object lanes,
            Consumer<LoopBuilder> body,
            Consumer<byte[]> classFile) {
        LoopClass.Body method = (interfaceMethod, code, owner) -> {
            Instructions instructions =
                    lanes == null ? new ScalarInstructions(code) : new VectorInstructions(code, owner);
            body.accept(new LoopBuilder(code, instructions, owner, interfaceMethod.getParameterTypes()));
        };
        return LoopClass.define(caller, shape, lanes, method, classFile);
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

        /** {@code this * factor + summand}; of vectors longer than one, rounded once. */
        public Vector fma(Vector factor, Vector summand) {
            return new Vector(() -> instructions.fma(push, factor.push, summand.push));
        }

        public Vector mul(Vector other) {
            return binary("mul", other);
        }

        public Vector add(Vector other) {
            return binary("add", other);
        }

        public Vector sub(Vector other) {
            return binary("sub", other);
        }

        public Vector div(Vector other) {
            return binary("div", other);
        }

        public Vector min(Vector other) {
            return binary("min", other);
        }

        public Vector max(Vector other) {
            return binary("max", other);
        }

        private Vector binary(String name, Vector other) {
            return new Vector(() -> instructions.binary(name, push, other.push));
        }

        public Vector abs() {
            return new Vector(() -> instructions.unary("abs", push));
        }

        public Vector sqrt() {
            return new Vector(() -> instructions.unary("sqrt", push));
        }

        public Bits bits() {
            return new Bits(() -> instructions.toBits(push));
        }

        /** {@code then} in the lanes where {@code this operator other} holds, else {@code otherwise}. */
        public Vector where(String operator, Vector other, Vector then, Vector otherwise) {
            return new Vector(() -> instructions.where(operator, push, other.push, then.push, otherwise.push));
        }
    }

    /** A vector of ints: the bits of floats. */
    public final class Bits {
        private final Runnable push;

        private Bits(Runnable push) {
            this.push = push;
        }

        public Bits and(Bits other) {
            return binary("and", other);
        }

        public Bits or(Bits other) {
            return binary("or", other);
        }

        public Bits xor(Bits other) {
            return binary("xor", other);
        }

        public Bits min(Bits other) {
            return binary("min", other);
        }

        public Bits sub(Bits other) {
            return binary("sub", other);
        }

        private Bits binary(String name, Bits other) {
            return new Bits(() -> instructions.bits(name, push, other.push));
        }

        public Bits plus(int number) {
            return new Bits(() -> instructions.bits("ADD", push, number));
        }

        /** To the right, with the sign. */
        public Bits shift(int places) {
            return new Bits(() -> instructions.bits("ASHR", push, places));
        }

        public Bits shiftLeft(int places) {
            return new Bits(() -> instructions.bits("LSHL", push, places));
        }

        public Vector floats() {
            return new Vector(() -> instructions.toFloats(push));
        }
    }

    /** A vector that has a register. */
    public final class Variable extends Vector {
        private final int slot;

        private Variable(int slot) {
            super(() -> instructions.loadVariable(slot));
            this.slot = slot;
        }

        public void set(Vector value) {
            value.push.run();
            instructions.storeVariable(slot);
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
        instructions.storeBits(slot);
        return new Bits(() -> instructions.loadBits(slot));
    }

    /** What limits vectors to a range around zero; made before a loop. */
    Bound bound(float limit) {
        return instructions instanceof ScalarInstructions
                ? new Bound.ByExtremes(this, limit)
                : new Bound.ByBits(this, limit);
    }

    /** A number in all lanes. */
    public Vector number(float number) {
        return new Vector(() -> instructions.number(number));
    }

    public Vector zero() {
        return number(0);
    }

    /** One float of an array in all lanes. */
    public Vector broadcast(Floats array, Int at) {
        return new Vector(() -> instructions.broadcast(() -> element(array, at)));
    }

    public Vector load(Floats array, Int at) {
        return new Vector(() -> instructions.load(() -> element(array, at)));
    }

    public void store(Vector value, Floats array, Int at) {
        instructions.store(value.push, () -> element(array, at));
    }

    /** The sum of one vector or more. */
    static Vector sum(Vector... summands) {
        return Arrays.stream(summands).reduce(Vector::add).orElseThrow();
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

    private void element(Floats array, Int at) {
        code.visitVarInsn(Opcodes.ALOAD, array.slot());
        at.push();
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
