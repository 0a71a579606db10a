package org.plastic4j.core.kernel.compiled;

/**
 * What a loop's operations on vectors become in bytecode. Operands are code that pushes them; each operation leaves its
 * result on the stack.
 */
interface Instructions {
    /** From a local variable that holds a vector. */
    void loadVariable(int slot);

    void storeVariable(int slot);

    /** From a local variable that holds a vector's bits. */
    void loadBits(int slot);

    void storeBits(int slot);

    /** {@code a * b + c}. */
    void fma(Runnable a, Runnable b, Runnable c);

    /** One of add, sub, mul, div, min, max. */
    void binary(String name, Runnable a, Runnable b);

    /** One of abs, sqrt. */
    void unary(String name, Runnable a);

    /** {@code then} where {@code a operator b} holds, which is LT, LE or EQ, else {@code otherwise}. */
    void where(String operator, Runnable a, Runnable b, Runnable then, Runnable otherwise);

    /** A vector's bits as integers. */
    void toBits(Runnable a);

    void toFloats(Runnable bits);

    /** One of and, or, xor, min, sub, of bits. */
    void bits(String name, Runnable a, Runnable b);

    /** One of ADD, ASHR, LSHL, of bits and a number. */
    void bits(String name, Runnable a, int number);

    /** A number in all lanes. */
    void number(float number);

    /** One element in all lanes; it pushes an array and an index. */
    void broadcast(Runnable element);

    /** The elements from one on. */
    void load(Runnable element);

    void store(Runnable value, Runnable element);
}
