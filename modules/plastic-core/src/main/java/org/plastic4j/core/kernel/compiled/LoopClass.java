package org.plastic4j.core.kernel.compiled;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A hidden class with one method that is assembled. */
final class LoopClass {
    /** Writes a method's code, but for the return at its end. */
    interface Body {
        /** @param owner the internal name of the class */
        void write(Method method, MethodVisitor code, String owner);
    }

    /**
     * HotSpot's compiler inlines what is shorter into the loops around the call, and then keeps vectors in memory. Dead
     * code behind the method makes up what is missing.
     */
    private static final int LONGEST_INLINED = 325;

    private LoopClass() {}

    /**
     * Defines a class, and makes its only object.
     *
     * @param caller its class may see the interface
     * @param shape the interface that the class implements
     * @param lanes what the static field of the class holds; null for none
     * @param classFile gets the class before it is defined
     */
    static <T> T define(
            MethodHandles.Lookup caller, Class<T> shape, Object lanes, Body body, Consumer<byte[]> classFile) {
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
        if (lanes != null) {
            lanesFromClassData(writer, owner);
        }
        constructor(writer);
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC, method.getName(), Type.getMethodDescriptor(method), null, null);
        code.visitCode();
        body.write(method, code, owner);
        code.visitInsn(Opcodes.RETURN);
        for (int dead = 0; dead < LONGEST_INLINED; dead++) {
            code.visitInsn(Opcodes.NOP);
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        byte[] bytes = writer.toByteArray();
        classFile.accept(bytes);
        try {
            MethodHandles.Lookup hidden = lanes == null
                    ? caller.defineHiddenClass(bytes, true)
                    : caller.defineHiddenClassWithClassData(bytes, lanes, true);
            return shape.cast(hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
                    .invoke());
        } catch (Throwable e) {
            throw new IllegalStateException("The loop " + owner + " could not be assembled.", e);
        }
    }

    /** A constant to the compiler, as a final field of a hidden class is. */
    private static void lanesFromClassData(ClassWriter writer, String owner) {
        String species = VectorInstructions.SPECIES;
        writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, VectorInstructions.LANES, species, null, null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/invoke/MethodHandles",
                "lookup",
                "()Ljava/lang/invoke/MethodHandles$Lookup;",
                false);
        code.visitLdcInsn("_");
        code.visitLdcInsn(Type.getType(species));
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/invoke/MethodHandles",
                "classData",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
                false);
        code.visitTypeInsn(Opcodes.CHECKCAST, VectorInstructions.SPECIES_NAME);
        code.visitFieldInsn(Opcodes.PUTSTATIC, owner, VectorInstructions.LANES, species);
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
}
