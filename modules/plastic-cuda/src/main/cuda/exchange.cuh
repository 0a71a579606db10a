// How the blocks of a team meet: a number travels in one word with a tag that says which step it belongs to. Who needs
// it waits for the tag, so no barrier and no fence is needed. Words are written in turns of two: nobody can be a step
// ahead of the others by more than that, as every step needs numbers of all of them.
#pragma once
#include "arguments.cuh"

#ifndef EMULATED  // by src/test/cuda/emulation.h, which has these two
__device__ inline void storeWord(Word *where, Word word) {
  asm volatile("st.relaxed.gpu.global.u64 [%0], %1;" ::"l"(where), "l"(word) : "memory");
}

__device__ inline Word loadWord(const Word *where) {
  Word word;
  asm volatile("ld.relaxed.gpu.global.u64 %0, [%1];" : "=l"(word) : "l"(where) : "memory");
  return word;
}
#endif

__device__ inline void publish(Word *where, unsigned tag, float number) {
  storeWord(where, ((Word)tag << 32) | __float_as_uint(number));
}

// Waits for COUNT numbers at once, so that their ways through the cache overlap; those that nothing is to come from are
// null and give 0.
template <int COUNT>
__device__ inline void await(const Word *const (&where)[COUNT], unsigned tag, float (&numbers)[COUNT]) {
  Word words[COUNT];
  bool missing[COUNT], any;
#pragma unroll
  for (int k = 0; k < COUNT; k++) missing[k] = where[k];
  do {
    any = false;
#pragma unroll
    for (int k = 0; k < COUNT; k++)
      if (missing[k]) words[k] = loadWord(where[k]);
#pragma unroll
    for (int k = 0; k < COUNT; k++) any |= missing[k] = missing[k] && (unsigned)(words[k] >> 32) != tag;
  } while (any);
#pragma unroll
  for (int k = 0; k < COUNT; k++) numbers[k] = where[k] ? __uint_as_float((unsigned)words[k]) : 0.f;
}

// Sums over the lanes of a warp of eight numbers each; lanes 0, 4, 8, ... write one sum each. With the halves of the
// sums the lanes are halved too, which takes 9 exchanges instead of 40.
template <class S>
__device__ inline void columnSums(float (&v)[S::C], float *out, bool add) {
  int lane = threadIdx.x % 32;
  int column = 0;
#pragma unroll
  for (int half = S::C / 2, distance = 16; half >= 1; half /= 2, distance /= 2) {
    bool upper = lane & distance;
#pragma unroll
    for (int k = 0; k < half; k++) {
      float mine = upper ? v[k + half] : v[k];
      float other = upper ? v[k] : v[k + half];
      v[k] = mine + __shfl_xor_sync(~0u, other, distance);
    }
    column += upper ? half : 0;
  }
  v[0] += __shfl_xor_sync(~0u, v[0], 2);
  v[0] += __shfl_xor_sync(~0u, v[0], 1);
  if (lane % 4 == 0) out[column] = add ? out[column] + v[0] : v[0];
}

// The sum of a number of every thread, in the same order always; a barrier for the block. lanes: a number for each warp,
// to be left alone until the next barrier but one.
template <int WARPS>
__device__ inline float blockSum(float v, float *lanes) {
#pragma unroll
  for (int distance = 16; distance >= 1; distance /= 2) v += __shfl_xor_sync(~0u, v, distance);
  if (threadIdx.x % 32 == 0) lanes[threadIdx.x / 32] = v;
  __syncthreads();
  float sum = 0.f;
#pragma unroll
  for (int k = 0; k < WARPS; k++) sum += lanes[k];
  return sum;
}
