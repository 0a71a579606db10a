// How a lifetime's matrices are shared out: a block holds panels of C TX columns, a thread R rows of C columns of them.
#pragma once
#include "arguments.cuh"

#ifndef EMULATED
// A block's shared memory as large as its launch says.
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif

template <int TY_, int TX_, int R_, int C_, bool RESIDENT_, int PANELS_, int PER_PROCESSOR_>
struct Layout {
  static constexpr int TY = TY_, TX = TX_, R = R_, C = C_;
  static constexpr bool RESIDENT = RESIDENT_;  // a block's one panel stays in its registers for a whole life
  static constexpr int PANELS = PANELS_;       // at most, for one block
  static constexpr int PER_PROCESSOR = PER_PROCESSOR_;
  static constexpr int THREADS = TY * TX;
  static constexpr int WARPS = THREADS / 32;
  static constexpr int WARPS_A_COLUMN = TY / 32;
  static constexpr int COLUMNS = TX * C;
  static constexpr int ROWS = TY * R;
  static constexpr int CELLS = R * C;
  static_assert(C == 8, "columnSums halves eight sums three times");
  static_assert(PANELS * COLUMNS <= THREADS, "every column has a thread");
};

// Where a thread stands.
template <class S>
struct Place {
  int n, thread, warp, lane, ty, tx, team, slice, slices, panels, chunks;

  __device__ Place(const Arguments &a) {
    n = a.n;
    thread = threadIdx.x;
    warp = thread / 32;
    lane = thread % 32;
    ty = thread % S::TY;
    tx = thread / S::TY;
    slices = a.slices;
    team = blockIdx.x / slices;
    slice = blockIdx.x % slices;
    int all = (n + S::COLUMNS - 1) / S::COLUMNS;
    panels = S::RESIDENT ? 1 : (all - slice + slices - 1) / slices;
    chunks = S::RESIDENT ? 1 : (n + S::ROWS - 1) / S::ROWS;
  }
  __device__ int row(int chunk, int r) const { return chunk * S::ROWS + r * S::TY + ty; }
  __device__ int panelColumn(int panel) const { return (slice + panel * slices) * S::COLUMNS; }
  __device__ int column(int panel, int c) const { return panelColumn(panel) + tx * S::C + c; }
  // The column that this thread sums up for, as thread number k of a panel's; n or more if it has none.
  __device__ bool hasColumn() const { return thread < panels * S::COLUMNS && ownColumn() < n; }
  __device__ int ownPanel() const { return thread / S::COLUMNS; }
  __device__ int ownColumn() const { return panelColumn(ownPanel()) + thread % S::COLUMNS; }

  // Numbers of a trace in tiles, those of all teams' blocks.
  __device__ size_t tilesOfATeam() const {
    size_t all = (n + S::COLUMNS - 1) / S::COLUMNS;
    return all * chunks;
  }
  __device__ size_t traceSize(const Arguments &a) const {
    return (size_t)a.teams * tilesOfATeam() * S::CELLS * S::THREADS;
  }
  __device__ size_t tile(int panel, int chunk) const {
    size_t inTeam = (size_t)(slice + panel * slices) * chunks + chunk;
    return ((team * tilesOfATeam() + inTeam) * S::CELLS) * S::THREADS + 4 * thread;
  }
};

// A thread's part of a matrix.
template <class S>
struct Tile {
  float v[S::R][S::C];

  __device__ void fill(float value) {
#pragma unroll
    for (int r = 0; r < S::R; r++)
#pragma unroll
      for (int c = 0; c < S::C; c++) v[r][c] = value;
  }
  // From a matrix [n, n] in C order; zeros where there is none.
  __device__ void load(const float *matrix, const Place<S> &at, int panel, int chunk) {
#pragma unroll
    for (int r = 0; r < S::R; r++) {
      int i = at.row(chunk, r);
#pragma unroll
      for (int c = 0; c < S::C; c++) {
        int j = at.column(panel, c);
        v[r][c] = matrix && i < at.n && j < at.n ? matrix[(size_t)i * at.n + j] : 0.f;
      }
    }
  }
  __device__ void store(float *matrix, const Place<S> &at, int panel, int chunk) const {
#pragma unroll
    for (int r = 0; r < S::R; r++) {
      int i = at.row(chunk, r);
#pragma unroll
      for (int c = 0; c < S::C; c++) {
        int j = at.column(panel, c);
        if (i < at.n && j < at.n) matrix[(size_t)i * at.n + j] = v[r][c];
      }
    }
  }
  // From and to tiles: four numbers of a thread, then those of its neighbour.
  __device__ void loadTile(const float *tile) {
#pragma unroll
    for (int k = 0; k < S::CELLS; k += 4) {
      float4 four = *reinterpret_cast<const float4 *>(tile + (size_t)k * S::THREADS);
      v[k / S::C][k % S::C] = four.x;
      v[k / S::C][k % S::C + 1] = four.y;
      v[k / S::C][k % S::C + 2] = four.z;
      v[k / S::C][k % S::C + 3] = four.w;
    }
  }
  __device__ void storeTile(float *tile) const {
#pragma unroll
    for (int k = 0; k < S::CELLS; k += 4) {
      const float *from = v[k / S::C] + k % S::C;
      *reinterpret_cast<float4 *>(tile + (size_t)k * S::THREADS) = make_float4(from[0], from[1], from[2], from[3]);
    }
  }
};

// The working memory of blocks that cannot hold their panels: traces, then what each kernel says.
template <class S>
struct Scratch {
  float *base;
  size_t size;
  __device__ Scratch(const Arguments &a, const Place<S> &at) : base(a.working), size(at.traceSize(a)) {}
  __device__ float *hebb(size_t tile) const { return base + tile; }
  __device__ float *eligibility(size_t tile) const { return base + size + tile; }
  __device__ float *hebbGradient(size_t tile) const { return base + 2 * size + tile; }
  __device__ float *eligibilityGradient(size_t tile) const { return base + 3 * size + tile; }
  __device__ float *alphaGradient(size_t tile) const { return base + 4 * size + tile; }
};
