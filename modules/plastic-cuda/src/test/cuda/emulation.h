// Runs CUDA kernels on a host, for machines without a GPU: slowly, and for what they compute alone. A block is a thread of
// the host, whose thread_local memory is the block's shared memory; its threads are coroutines, which hand over where they
// wait: at a barrier, in an exchange between lanes, and for a word that is not there yet.
#pragma once
#define EMULATED
#include <sched.h>
#include <ucontext.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#define __global__
#define __device__
#define __launch_bounds__(...)
#define __shared__ static thread_local

typedef unsigned long long Word;

struct Three {
  unsigned x = 0, y = 0, z = 0;
};
struct float4 {
  float x, y, z, w;
};
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
template <class T>
inline T __ldg(const T *where) { return *where; }
inline unsigned __float_as_uint(float f) {
  unsigned u;
  std::memcpy(&u, &f, 4);
  return u;
}
inline float __uint_as_float(unsigned u) {
  float f;
  std::memcpy(&f, &u, 4);
  return f;
}
inline float __int_as_float(int i) { return __uint_as_float((unsigned)i); }
using std::isinf;
using std::min;

inline thread_local Three threadIdx, blockIdx, blockDim, gridDim;

// The coroutines of a block.
class Block {
 public:
  static inline thread_local Block *current;

  Block(int threads, int sharedBytes, const std::function<void()> &kernel)
      : kernel(kernel), threads(threads), contexts(threads), stacks(threads), ended(threads), lanes(threads),
        shared(sharedBytes / 16 + 1) {}

  void run() {
    current = this;
    for (int k = 0; k < threads; k++) {
      stacks[k].reset(new char[STACK]);
      getcontext(&contexts[k]);
      contexts[k].uc_stack.ss_sp = stacks[k].get();
      contexts[k].uc_stack.ss_size = STACK;
      contexts[k].uc_link = &scheduler;
      makecontext(&contexts[k], (void (*)())begin, 0);
    }
    for (int left = threads; left > 0;) {
      for (int k = 0; k < threads; k++) {
        if (ended[k]) continue;
        threadIdx.x = running = k;
        swapcontext(&scheduler, &contexts[k]);
        if (ended[k]) left--;
      }
    }
  }

  void handOver() {
    int mine = running;
    swapcontext(&contexts[mine], &scheduler);
  }

  // Of all threads, or of those of a warp: generations are counted, so that a fast one cannot be a barrier ahead.
  struct Barrier {
    int arrived = 0;
    long generation = 0;
  };
  void meet(Barrier &barrier, int count) {
    long generation = barrier.generation;
    if (++barrier.arrived == count) {
      barrier.arrived = 0;
      barrier.generation++;
    }
    while (barrier.generation == generation) handOver();
  }
  void meetAll() { meet(all, threads); }
  float exchange(float v, int distance) {
    Barrier &warp = warps[running / 32];
    lanes[running] = v;
    meet(warp, 32);
    float other = lanes[running ^ distance];
    meet(warp, 32);
    return other;
  }
  void *dynamicShared() { return shared.data(); }

 private:
  static constexpr size_t STACK = 1 << 16;
  static void begin() {
    Block *block = current;
    block->kernel();
    block->ended[block->running] = true;
  }

  std::function<void()> kernel;
  int threads, running = 0;
  ucontext_t scheduler;
  std::vector<ucontext_t> contexts;
  std::vector<std::unique_ptr<char[]>> stacks;
  std::vector<char> ended;
  std::vector<float> lanes;
  std::vector<float4> shared;
  Barrier all, warps[32];
};

#define DYNAMIC_SHARED(type, name) type *name = (type *)Block::current->dynamicShared()
inline void __syncthreads() { Block::current->meetAll(); }
inline float __shfl_xor_sync(unsigned, float v, int distance) { return Block::current->exchange(v, distance); }
inline void storeWord(Word *where, Word word) { __atomic_store_n(where, word, __ATOMIC_RELEASE); }
inline Word loadWord(const Word *where) {
  // Whoever reads a word may be waiting for it: others go on meanwhile.
  Block::current->handOver();
  if (threadIdx.x == 0) sched_yield();
  return __atomic_load_n(where, __ATOMIC_ACQUIRE);
}

inline void launch(int blocks, int threads, int sharedBytes, const std::function<void()> &kernel) {
  std::vector<std::thread> running;
  for (int b = 0; b < blocks; b++)
    running.emplace_back([=] {
      blockIdx.x = b;
      blockDim.x = threads;
      gridDim.x = blocks;
      Block(threads, sharedBytes, kernel).run();
    });
  for (std::thread &block : running) block.join();
}
