// The kernels of one rule, -DRULE=...; one file of PTX each, so that a program has the driver compile what it needs.
#include "backward.cuh"
#include "forward.cuh"

// TY, TX, R, C, resident, panels, blocks in a multiprocessor
typedef Layout<128, 2, 1, 8, true, 1, 2> Small;    // up to 128 neurons
typedef Layout<256, 1, 2, 8, true, 1, 1> Medium;   // up to 512
typedef Layout<256, 1, 4, 8, true, 1, 1> Large;    // up to 1,024
typedef Layout<256, 1, 4, 8, false, 16, 1> Streamed;

#define KERNELS(LAYOUT, name)                                                                           \
  extern "C" __global__ void __launch_bounds__(LAYOUT::THREADS, LAYOUT::PER_PROCESSOR)                   \
      live_##name(const Arguments a) { live<Rule::RULE, LAYOUT>(a); }                                   \
  extern "C" __global__ void __launch_bounds__(LAYOUT::THREADS, LAYOUT::PER_PROCESSOR)                   \
      back_##name(const Arguments a) { back<Rule::RULE, LAYOUT>(a); }

KERNELS(Small, small)
KERNELS(Medium, medium)
KERNELS(Large, large)
KERNELS(Streamed, streamed)
