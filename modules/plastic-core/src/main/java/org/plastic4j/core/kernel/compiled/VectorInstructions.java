package org.plastic4j.core.kernel.compiled;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Calls of the Vector API, which it names by text alone: it can be loaded where the JVM runs without it. */
final class VectorInstructions implements Instructions {
    private static final String API = "jdk/incubator/vector/";
    static final String SPECIES_NAME = API + "VectorSpecies";
    static final String SPECIES = "L" + SPECIES_NAME + ";";
    /** The static field of the class that holds the species. */
    static final String LANES = "LANES";

    private static final String FLOATS = API + "FloatVector";
    private static final String INTS = API + "IntVector";
    private static final String OPERATORS = API + "VectorOperators";
    private static final String ANY = "L" + API + "Vector;";
    private static final String MASK = "L" + API + "VectorMask;";

    private final MethodVisitor code;
    private final String owner;

    VectorInstructions(MethodVisitor code, String owner) {
        this.code = code;
        this.owner = owner;
    }

    @Override
    public void loadVariable(int slot) {
        code.visitVarInsn(Opcodes.ALOAD, slot);
    }

    @Override
    public void storeVariable(int slot) {
        code.visitVarInsn(Opcodes.ASTORE, slot);
    }

    @Override
    public void loadBits(int slot) {
        loadVariable(slot);
    }

    @Override
    public void storeBits(int slot) {
        storeVariable(slot);
    }

    @Override
    public void fma(Runnable a, Runnable b, Runnable c) {
        a.run();
        b.run();
        c.run();
        call(FLOATS, "fma", "(" + ANY + ANY + ")L" + FLOATS + ";");
    }

    @Override
    public void binary(String name, Runnable a, Runnable b) {
        a.run();
        b.run();
        call(FLOATS, name, "(" + ANY + ")L" + FLOATS + ";");
    }

    @Override
    public void unary(String name, Runnable a) {
        a.run();
        call(FLOATS, name, "()L" + FLOATS + ";");
    }

    @Override
    public void where(String operator, Runnable a, Runnable b, Runnable then, Runnable otherwise) {
        otherwise.run();
        then.run();
        a.run();
        operator(operator, "Comparison");
        b.run();
        call(FLOATS, "compare", "(L" + OPERATORS + "$Comparison;" + ANY + ")" + MASK);
        call(FLOATS, "blend", "(" + ANY + MASK + ")L" + FLOATS + ";");
    }

    @Override
    public void toBits(Runnable a) {
        a.run();
        call(FLOATS, "reinterpretAsInts", "()L" + INTS + ";");
    }

    @Override
    public void toFloats(Runnable bits) {
        bits.run();
        call(INTS, "reinterpretAsFloats", "()L" + FLOATS + ";");
    }

    @Override
    public void bits(String name, Runnable a, Runnable b) {
        a.run();
        if (name.equals("xor")) {
            operator("XOR", "Associative");
            b.run();
            lanewise(ANY);
        } else {
            b.run();
            call(INTS, name, "(" + ANY + ")L" + INTS + ";");
        }
    }

    @Override
    public void bits(String name, Runnable a, int number) {
        a.run();
        operator(name, name.equals("ADD") ? "Associative" : "Binary");
        code.visitLdcInsn(number);
        lanewise("I");
    }

    @Override
    public void number(float number) {
        species();
        if (number == 0) {
            callStatic("zero", "(" + SPECIES + ")");
        } else {
            code.visitLdcInsn(number);
            callStatic("broadcast", "(" + SPECIES + "F)");
        }
    }

    @Override
    public void broadcast(Runnable element) {
        species();
        element.run();
        code.visitInsn(Opcodes.FALOAD);
        callStatic("broadcast", "(" + SPECIES + "F)");
    }

    @Override
    public void load(Runnable element) {
        species();
        element.run();
        callStatic("fromArray", "(" + SPECIES + "[FI)");
    }

    @Override
    public void store(Runnable value, Runnable element) {
        value.run();
        element.run();
        call(FLOATS, "intoArray", "([FI)V");
    }

    private void species() {
        code.visitFieldInsn(Opcodes.GETSTATIC, owner, LANES, SPECIES);
    }

    private void operator(String name, String type) {
        code.visitFieldInsn(Opcodes.GETSTATIC, OPERATORS, name, "L" + OPERATORS + "$" + type + ";");
    }

    private void lanewise(String operand) {
        call(INTS, "lanewise", "(L" + OPERATORS + "$Binary;" + operand + ")L" + INTS + ";");
    }

    private void call(String type, String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, type, name, descriptor, false);
    }

    private void callStatic(String name, String arguments) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, FLOATS, name, arguments + "L" + FLOATS + ";", false);
    }
}
