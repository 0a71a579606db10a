package org.plastic4j.core.kernel.compiled;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Vectors of one element, which are plain floats: for JVMs without the Vector API. A multiplication and an addition are
 * rounded apart, since Java's own {@code fma} is slow where the processor has none.
 */
final class ScalarInstructions implements Instructions {
    private static final String MATH = "java/lang/Math";
    private static final String FLOAT = "java/lang/Float";

    private final MethodVisitor code;

    ScalarInstructions(MethodVisitor code) {
        this.code = code;
    }

    @Override
    public void loadVariable(int slot) {
        code.visitVarInsn(Opcodes.FLOAD, slot);
    }

    @Override
    public void storeVariable(int slot) {
        code.visitVarInsn(Opcodes.FSTORE, slot);
    }

    @Override
    public void loadBits(int slot) {
        code.visitVarInsn(Opcodes.ILOAD, slot);
    }

    @Override
    public void storeBits(int slot) {
        code.visitVarInsn(Opcodes.ISTORE, slot);
    }

    @Override
    public void fma(Runnable a, Runnable b, Runnable c) {
        binary("mul", a, b);
        c.run();
        code.visitInsn(Opcodes.FADD);
    }

    @Override
    public void binary(String name, Runnable a, Runnable b) {
        a.run();
        b.run();
        switch (name) {
            case "add" -> code.visitInsn(Opcodes.FADD);
            case "sub" -> code.visitInsn(Opcodes.FSUB);
            case "mul" -> code.visitInsn(Opcodes.FMUL);
            case "div" -> code.visitInsn(Opcodes.FDIV);
            default -> callStatic(MATH, name, "(FF)F");
        }
    }

    @Override
    public void unary(String name, Runnable a) {
        a.run();
        if (name.equals("sqrt")) {
            code.visitInsn(Opcodes.F2D);
            callStatic(MATH, name, "(D)D");
            code.visitInsn(Opcodes.D2F);
        } else {
            callStatic(MATH, name, "(F)F");
        }
    }

    @Override
    public void where(String operator, Runnable a, Runnable b, Runnable then, Runnable otherwise) {
        Label no = new Label();
        Label done = new Label();
        a.run();
        b.run();
        // Of NaN no comparison holds.
        code.visitInsn(Opcodes.FCMPG);
        code.visitJumpInsn(
                switch (operator) {
                    case "LT" -> Opcodes.IFGE;
                    case "LE" -> Opcodes.IFGT;
                    case "EQ" -> Opcodes.IFNE;
                    default -> throw new IllegalArgumentException(operator);
                },
                no);
        then.run();
        code.visitJumpInsn(Opcodes.GOTO, done);
        code.visitLabel(no);
        otherwise.run();
        code.visitLabel(done);
    }

    @Override
    public void toBits(Runnable a) {
        a.run();
        callStatic(FLOAT, "floatToRawIntBits", "(F)I");
    }

    @Override
    public void toFloats(Runnable bits) {
        bits.run();
        callStatic(FLOAT, "intBitsToFloat", "(I)F");
    }

    @Override
    public void bits(String name, Runnable a, Runnable b) {
        a.run();
        b.run();
        switch (name) {
            case "and" -> code.visitInsn(Opcodes.IAND);
            case "or" -> code.visitInsn(Opcodes.IOR);
            case "xor" -> code.visitInsn(Opcodes.IXOR);
            case "sub" -> code.visitInsn(Opcodes.ISUB);
            default -> callStatic(MATH, name, "(II)I");
        }
    }

    @Override
    public void bits(String name, Runnable a, int number) {
        a.run();
        code.visitLdcInsn(number);
        code.visitInsn(
                switch (name) {
                    case "ADD" -> Opcodes.IADD;
                    case "ASHR" -> Opcodes.ISHR;
                    case "LSHL" -> Opcodes.ISHL;
                    default -> throw new IllegalArgumentException(name);
                });
    }

    @Override
    public void number(float number) {
        code.visitLdcInsn(number);
    }

    @Override
    public void broadcast(Runnable element) {
        load(element);
    }

    @Override
    public void load(Runnable element) {
        element.run();
        code.visitInsn(Opcodes.FALOAD);
    }

    @Override
    public void store(Runnable value, Runnable element) {
        element.run();
        value.run();
        code.visitInsn(Opcodes.FASTORE);
    }

    private void callStatic(String type, String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, type, name, descriptor, false);
    }
}
