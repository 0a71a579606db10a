// Lives a batch of lifetimes.
//
// Thread (ty, tx) of a block holds rows ty, ty + TY, ... of some columns of W, alpha and H. In each step a block sums its
// columns up over all rows, gives its neurons' outputs to the blocks of its team, updates its traces, and waits for the
// outputs of the others. Blocks that cannot hold their panels go through them in memory instead, once a step.
#pragma once
#include "columns.cuh"
#include "exchange.cuh"

// Activity of the neurons before the connections: of a thread's rows in registers, or of all in shared memory.
template <class S>
struct Rows {
  float own[S::R];
  float *all;

  __device__ float get(const Place<S> &at, int chunk, int r) const {
    if (S::RESIDENT) return own[r];
    int i = at.row(chunk, r);
    return i < at.n ? all[i] : 0.f;
  }
  // From a row [n], zeros where there is none. Where it is for all, a barrier has to follow.
  __device__ void load(const float *row, const Place<S> &at) {
    if (S::RESIDENT) {
#pragma unroll
      for (int r = 0; r < S::R; r++) own[r] = row && at.row(0, r) < at.n ? row[at.row(0, r)] : 0.f;
    } else {
      for (int i = at.thread; i < at.n; i += S::THREADS) all[i] = row ? row[i] : 0.f;
    }
  }
  __device__ void await(const Word *words, unsigned tag, const Place<S> &at) {
    if (S::RESIDENT) {
      const Word *mine[S::R];
#pragma unroll
      for (int r = 0; r < S::R; r++) mine[r] = at.row(0, r) < at.n ? words + at.row(0, r) : nullptr;
      ::await(mine, tag, own);
    } else {
      for (int first = at.thread; first < at.n; first += S::R * S::THREADS) {
        const Word *mine[S::R];
        float numbers[S::R];
#pragma unroll
        for (int r = 0; r < S::R; r++) {
          int i = first + r * S::THREADS;
          mine[r] = i < at.n ? words + i : nullptr;
        }
        ::await(mine, tag, numbers);
#pragma unroll
        for (int r = 0; r < S::R; r++)
          if (mine[r]) all[first + r * S::THREADS] = numbers[r];
      }
    }
  }
  // A thread's share of sum_i x_i mu_i.
  __device__ float dot(const float *weights, const Place<S> &at) const {
    float sum = 0.f;
    if (S::RESIDENT) {
#pragma unroll
      for (int r = 0; r < S::R; r++)
        if (at.tx == 0 && at.row(0, r) < at.n) sum = fmaf(own[r], weights[at.row(0, r)], sum);
    } else {
      for (int i = at.thread; i < at.n; i += S::THREADS) sum = fmaf(all[i], weights[i], sum);
    }
    return sum;
  }
};

// What a column's neuron is given in a step.
template <class S>
struct Given {
  float drive = 0.f, mask = 0.f, value = 0.f;

  // row: where the step's numbers begin.
  __device__ void load(const Arguments &a, const Place<S> &at, size_t row) {
    if (!at.hasColumn()) return;
    drive = a.drive[row + at.ownColumn()];
    if (a.mask) {
      mask = a.mask[row + at.ownColumn()];
      value = a.value[row + at.ownColumn()];
    }
  }
};

template <Rule K, class S>
__device__ void live(const Arguments &a) {
  using Is = Traits<K>;
  // Updates that wait for no signal are made while the others' outputs are on their way.
  constexpr bool AT_ONCE = S::RESIDENT && Is::PLASTIC && !Is::MODULATED;
  __shared__ float sums[S::PANELS * S::WARPS][S::C];
  __shared__ float post[S::PANELS * S::COLUMNS];
  __shared__ float lanes[S::WARPS];
  __shared__ Columns<K, S> columns;
  DYNAMIC_SHARED(float, activity);

  const Place<S> at(a);
  const Scratch<S> scratch(a, at);
  const float eta = a.eta ? *a.eta : 0.f;
  const int n = a.n, steps = a.steps;
  Word *exchange = a.exchange + (size_t)at.team * 2 * n;
  unsigned tag = a.tag;
  columns.load(a, at);

  Tile<S> w, alpha, h, e;
  if (S::RESIDENT) {
    loadConnections<K>(w, alpha, a, at, 0, 0);
  }

  for (int life = at.team; life < a.batch; life += a.teams) {
    const size_t matrix = (size_t)life * n * n;
    const float *hebb0 = a.hebb0 ? a.hebb0 + matrix : nullptr;
    const float *eligibility0 = a.eligibility0 ? a.eligibility0 + matrix : nullptr;
    Rows<S> x, before;
    x.all = activity;
    before.all = activity + n;
    x.load(a.y0 ? a.y0 + (size_t)life * n : nullptr, at);
    if (S::RESIDENT && Is::PLASTIC) {
      h.load(hebb0, at, 0, 0);
      if (Is::ELIGIBLE) e.load(eligibility0, at, 0, 0);
    }
    __syncthreads();

    Given<S> given;
    given.load(a, at, (size_t)life * n);
    // The update of the last step is made in a turn of its own where updates are late.
    const int turns = Is::PLASTIC && !AT_ONCE ? steps + 1 : steps;
    for (int t = 1; t <= turns; t++) {
      const bool lives = t <= steps;
      const size_t row = ((size_t)(t - 1) * a.batch + life) * n;
      float signal = 0.f;
      if (Is::MODULATED && t > 1)
        signal = tanhf(blockSum<S::WARPS>(x.dot(a.modulatorWeights, at), lanes) + *a.modulatorBias);

      for (int chunk = 0; chunk < at.chunks; chunk++) {
        for (int panel = 0; panel < at.panels; panel++) {
          const size_t tile = S::RESIDENT ? 0 : at.tile(panel, chunk);
          if (!S::RESIDENT) {
            loadConnections<K>(w, alpha, a, at, panel, chunk);
            if (Is::PLASTIC) {
              if (t == 1) {
                h.load(hebb0, at, panel, chunk);
                if (Is::ELIGIBLE) e.load(eligibility0, at, panel, chunk);
              } else {
                h.loadTile(scratch.hebb(tile));
                if (Is::ELIGIBLE) e.loadTile(scratch.eligibility(tile));
              }
            }
          }
          if (Is::PLASTIC && !AT_ONCE && t > 1) {
#pragma unroll
            for (int c = 0; c < S::C; c++) {
              int column = panel * S::COLUMNS + at.tx * S::C + c;
              Update u = columns.update(column, post[column], eta, signal, a.bound);
#pragma unroll
              for (int r = 0; r < S::R; r++) advance<K>(h.v[r][c], e.v[r][c], before.get(at, chunk, r), u);
            }
          }
          if (!S::RESIDENT && Is::PLASTIC) {
            h.storeTile(scratch.hebb(tile));
            if (Is::ELIGIBLE) e.storeTile(scratch.eligibility(tile));
            if (!lives && a.hebb) {
              h.store(a.hebb + matrix, at, panel, chunk);
              if (Is::ELIGIBLE) e.store(a.eligibility + matrix, at, panel, chunk);
            }
          }
          if (lives) {
            float received[S::C];
#pragma unroll
            for (int c = 0; c < S::C; c++) {
              received[c] = 0.f;
#pragma unroll
              for (int r = 0; r < S::R; r++) {
                float connection = Is::PLASTIC ? fmaf(alpha.v[r][c], h.v[r][c], w.v[r][c]) : w.v[r][c];
                received[c] = fmaf(x.get(at, chunk, r), connection, received[c]);
              }
            }
            columnSums<S>(received, sums[panel * S::WARPS + at.warp], chunk > 0);
          }
        }
      }
      if (!lives) break;
      __syncthreads();

      tag++;
      Word *words = exchange + (tag & 1) * n;
      if (at.hasColumn()) {
        int c = at.thread % S::COLUMNS;
        float pre = given.drive;
#pragma unroll
        for (int k = 0; k < S::WARPS_A_COLUMN; k++)
          pre += sums[at.ownPanel() * S::WARPS + (c / S::C) * S::WARPS_A_COLUMN + k][c % S::C];
        float y = given.mask != 0.f ? given.value : tanhf(pre);
        publish(words + at.ownColumn(), tag, y);
        a.y[row + at.ownColumn()] = y;
        post[at.thread] = y;
      } else if (at.thread < S::PANELS * S::COLUMNS) {
        post[at.thread] = 0.f;
      }
      __syncthreads();

      if (AT_ONCE) {
#pragma unroll
        for (int c = 0; c < S::C; c++) {
          int column = at.tx * S::C + c;
          Update u = columns.update(column, post[column], eta, 0.f, a.bound);
#pragma unroll
          for (int r = 0; r < S::R; r++) advance<K>(h.v[r][c], e.v[r][c], x.own[r], u);
        }
      }
      if (S::RESIDENT) {
#pragma unroll
        for (int r = 0; r < S::R; r++) before.own[r] = x.own[r];
      } else {
        float *free = before.all;
        before.all = x.all;
        x.all = free;
      }
      if (t < steps) given.load(a, at, row + (size_t)a.batch * n);
      x.await(words, tag, at);
      if (!S::RESIDENT) __syncthreads();
    }
    if (S::RESIDENT && Is::PLASTIC && a.hebb) {
      h.store(a.hebb + matrix, at, 0, 0);
      if (Is::ELIGIBLE) e.store(a.eligibility + matrix, at, 0, 0);
    }
    __syncthreads();
  }
}
