// Traces again on the way back. They follow from the recorded outputs, for which no other block is needed, so they are
// lived again: once from end to end, when the first of every long segment is kept; then long segment by long segment from
// the last to the first, when every fourth is; and up to three steps from there in each turn, on the chip.
#pragma once
#include "columns.cuh"

template <Rule K, class S>
struct Replay {
  static constexpr int STEPS = 8;    // a segment: for so many steps columns are known at a time
  static constexpr int SPACING = 4;  // of the traces that are kept within a long segment
  static constexpr int COLUMNS = S::PANELS * S::COLUMNS;

  // Of the segment that is prepared: outputs of the block's columns, and the signals.
  struct Shared {
    float post[STEPS][COLUMNS];
    float signal[STEPS];
    Columns<K, S> columns;
  };

  const Arguments &a;
  const Place<S> &at;
  Shared &shared;
  const float eta;
  int life;
  int prepared;  // the segment

  __device__ Replay(const Arguments &a, const Place<S> &at, Shared &shared)
      : a(a), at(at), shared(shared), eta(a.eta ? *a.eta : 0.f), life(0), prepared(-1) {
    shared.columns.load(a, at);
  }

  // y(t); null where it is zero.
  __device__ const float *outputs(int t) const {
    if (t == 0) return a.y0 ? a.y0 + (size_t)life * a.n : nullptr;
    return a.y + ((size_t)(t - 1) * a.batch + life) * a.n;
  }
  __device__ float output(int t, int i) const {
    const float *row = outputs(t);
    return row && i < a.n ? __ldg(row + i) : 0.f;
  }
  __device__ static int segmentOf(int t) { return (t - 1) / STEPS; }
  __device__ static int firstStep(int segment) { return segment * STEPS + 1; }

  // Two barriers.
  __device__ void prepare(int segment) {
    if (segment == prepared) return;
    prepared = segment;
    __syncthreads();
    for (int k = at.thread; k < STEPS * COLUMNS; k += S::THREADS) {
      int t = firstStep(segment) + k / COLUMNS;
      int panel = k % COLUMNS / S::COLUMNS;
      int j = at.panelColumn(panel) + k % S::COLUMNS;
      shared.post[k / COLUMNS][k % COLUMNS] = t <= a.steps && panel < at.panels ? output(t, j) : 0.f;
    }
    if (Traits<K>::MODULATED && at.thread < STEPS) {
      int t = firstStep(segment) + at.thread;
      shared.signal[at.thread] = t <= a.steps ? a.signals[(size_t)(t - 1) * a.batch + life] : 0.f;
    }
    __syncthreads();
  }

  // What a column did in step t of the prepared segment.
  __device__ Update update(int t, int column) const {
    int k = t - firstStep(prepared);
    return shared.columns.update(
        column, shared.post[k][column], eta, Traits<K>::MODULATED ? shared.signal[k] : 0.f, a.bound);
  }

  // From the traces of step t, which is in the prepared segment, to those of the next.
  __device__ void relive(Tile<S> &h, Tile<S> &e, int panel, int chunk, int t) const {
    float x[S::R];
#pragma unroll
    for (int r = 0; r < S::R; r++) x[r] = output(t - 1, at.row(chunk, r));
#pragma unroll
    for (int c = 0; c < S::C; c++) {
      Update u = update(t, panel * S::COLUMNS + at.tx * S::C + c);
#pragma unroll
      for (int r = 0; r < S::R; r++) advance<K>(h.v[r][c], e.v[r][c], x[r], u);
    }
  }

  __device__ size_t traces() const { return (Traits<K>::ELIGIBLE ? 2 : 1) * at.traceSize(a); }
  __device__ void put(float *where, const Tile<S> &h, const Tile<S> &e, size_t tile) const {
    h.storeTile(where + tile);
    if (Traits<K>::ELIGIBLE) e.storeTile(where + at.traceSize(a) + tile);
  }
  __device__ void get(const float *where, Tile<S> &h, Tile<S> &e, size_t tile) const {
    h.loadTile(where + tile);
    if (Traits<K>::ELIGIBLE) e.loadTile(where + at.traceSize(a) + tile);
  }

  // Lives steps from .. to again and puts the traces of every `every`-th at where. They begin at the beginning of life,
  // or where begin says.
  __device__ void keep(int from, int to, int every, const float *begin, float *where) {
    for (int chunk = 0; chunk < at.chunks; chunk++) {
      for (int panel = 0; panel < at.panels; panel++) {
        const size_t tile = at.tile(panel, chunk);
        const size_t matrix = (size_t)life * a.n * a.n;
        Tile<S> h, e;
        if (begin) {
          get(begin, h, e, tile);
        } else {
          h.load(a.hebb0 ? a.hebb0 + matrix : nullptr, at, panel, chunk);
          if (Traits<K>::ELIGIBLE) e.load(a.eligibility0 ? a.eligibility0 + matrix : nullptr, at, panel, chunk);
        }
        float *next = where;
        for (int t = from; t <= to; t++) {
          if ((t - from) % every == 0) {
            put(next, h, e, tile);
            next += traces();
          }
          if (t == to) break;
          prepare(segmentOf(t));
          relive(h, e, panel, chunk, t);
        }
      }
    }
  }

  // Before the way back.
  __device__ void keepLong() {
    keep(1, (a.steps - 1) / a.longSteps * a.longSteps + 1, a.longSteps, nullptr, a.kept);
  }

  // Goes to step t from the one behind it, or from the end: then its traces are there, and its segment is prepared.
  // Step 0 has those of step 1.
  __device__ void goTo(int t) {
    if (t == 0) return;
    if (t == a.steps || t % a.longSteps == 0) {
      const int segment = (t - 1) / a.longSteps;
      const int first = segment * a.longSteps + 1;
      keep(first, (t - first) / SPACING * SPACING + first, SPACING, a.kept + segment * traces(), a.every);
    }
    prepare(segmentOf(t));
  }
  // The traces of step t, or the last kept before it.
  __device__ void getKept(int t, Tile<S> &h, Tile<S> &e, size_t tile) const {
    get(a.every + (t > 0 ? (t - 1) % a.longSteps / SPACING : 0) * traces(), h, e, tile);
  }
  __device__ void reliveTo(int t, Tile<S> &h, Tile<S> &e, int panel, int chunk) const {
    for (int k = (t - 1) / SPACING * SPACING + 1; k < t; k++) relive(h, e, panel, chunk, k);
  }

  // goTo for a block that holds its traces; base has room for them.
  __device__ void goTo(int t, Tile<S> &h, Tile<S> &e, float *base) {
    goTo(t);
    if (t == 0) return;
    float *mine = base + 4 * at.thread, *eligible = mine + S::CELLS * S::THREADS;
    if (t == a.steps || t % SPACING == 0) {
      getKept(t, h, e, at.tile(0, 0));
      h.storeTile(mine);
      if (Traits<K>::ELIGIBLE) e.storeTile(eligible);
    } else {
      h.loadTile(mine);
      if (Traits<K>::ELIGIBLE) e.loadTile(eligible);
    }
    reliveTo(t, h, e, 0, 0);
  }
};
