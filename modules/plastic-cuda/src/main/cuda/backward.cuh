// The gradient of a batch of lifetimes, from the last step to the first; docs/math.md derives it.
//
// A turn t knows g(t+1). It finishes step t+1 and begins step t:
//
//   rows:     c_i(t)    = sum_j (W + A H(t+1)) g(t+1) + C(t+2) slope(t+1) r(t+1)
//             G_ij(t+1) = keep(t+1) C(t+2) + A x(t+1) g(t+1)
//             C_ij(t+1) = G_ij(t+1) where abs(V(t)) <= b, else 0
//   columns:  s_j       = sum_i C_ij(t+1) slope(t) x_i(t),  and the like
//
// Rows run through all blocks of a team: each gives its part of every c_i(t) to the others, and goes on with g(t) when it
// has those of its own neurons. In turn 0 what is left is the initial state's.
#pragma once
#include "exchange.cuh"
#include "replay.cuh"

// Where the parts of sums lie that blocks hand each other: of rows [2, producers, n], of signals [2, slices].
template <class S>
struct Parts {
  Word *base;
  int n, slices;
  __device__ Parts(const Arguments &a, int team)
      : base(a.exchange + (size_t)team * 2 * (a.slices * S::TX * (size_t)a.n + a.slices)), n(a.n), slices(a.slices) {}
  __device__ int producers() const { return slices * S::TX; }
  __device__ Word *rows(unsigned tag, int producer) const {
    return base + ((size_t)(tag & 1) * producers() + producer) * n;
  }
  __device__ Word *signals(unsigned tag) const { return base + 2 * (size_t)producers() * n + (tag & 1) * slices; }
};

// What is known of a column's neuron in a step.
struct Recorded {
  float y = 0.f, outside = 0.f, mask = 0.f;

  __device__ void load(const Arguments &a, size_t where) {
    y = __ldg(a.y + where);
    outside = a.yGradient[where];
    if (a.mask) mask = a.mask[where];
  }
};

template <Rule K, class S>
__device__ void back(const Arguments &a) {
  using Is = Traits<K>;
  constexpr int ALL = S::PANELS * S::COLUMNS;
  __shared__ float sums[3][S::PANELS * S::WARPS][S::C];  // s, p and the signal's part
  __shared__ float asked[S::PANELS][S::WARPS][S::COLUMNS];
  __shared__ float later[2][ALL];  // g(t+1) and y(t+1)
  __shared__ float lanes[2][S::WARPS];
  __shared__ typename Replay<K, S>::Shared shared;
  DYNAMIC_SHARED(float4, base);  // the last kept traces, where the block is resident

  const Place<S> at(a);
  const Scratch<S> scratch(a, at);
  Replay<K, S> replay(a, at, shared);
  const Parts<S> exchange(a, at.team);
  const int n = a.n, steps = a.steps;
  unsigned tag = a.tag;

  Tile<S> w, alpha, h, e, hebbGradient, eligibilityGradient, alphaGradient;
  if (S::RESIDENT) {
    loadConnections<K>(w, alpha, a, at, 0, 0);
    alphaGradient.fill(0.f);
  }
  // Of this thread's column, over the team's lifetimes.
  double etaGradient = 0, modulatorGradient = 0, fanOutGradient = 0, fanOutBiasGradient = 0, biasGradient = 0;
  const bool mine = at.hasColumn();
  const int j = mine ? at.ownColumn() : 0;

  for (int life = at.team; life < a.batch; life += a.teams) {
    const size_t matrix = (size_t)life * n * n;
    replay.life = life;
    replay.prepared = -1;
    if (Is::PLASTIC) {
      replay.keepLong();
      if (S::RESIDENT) {
        hebbGradient.load(a.hebbGradient ? a.hebbGradient + matrix : nullptr, at, 0, 0);
        if (Is::ELIGIBLE)
          eligibilityGradient.load(a.eligibilityGradient ? a.eligibilityGradient + matrix : nullptr, at, 0, 0);
      }
    }
    if (Is::PLASTIC) {
      if (S::RESIDENT) replay.goTo(steps, h, e, reinterpret_cast<float *>(base));
      else replay.goTo(steps);
    }
    float signalLater = 0.f;
    Recorded recorded;
    if (mine) recorded.load(a, ((size_t)(steps - 1) * a.batch + life) * n + j);
    if (at.thread < ALL) later[0][at.thread] = later[1][at.thread] = 0.f;
    __syncthreads();

    for (int t = steps; t >= 0; t--) {
      const size_t row = ((size_t)(t - 1) * a.batch + life) * n;
      tag++;

      for (int chunk = 0; chunk < at.chunks; chunk++) {
        float rows[S::R], x[S::R], xLater[S::R];
#pragma unroll
        for (int r = 0; r < S::R; r++) {
          rows[r] = 0.f;
          x[r] = t > 0 ? replay.output(t - 1, at.row(chunk, r)) : 0.f;
          xLater[r] = replay.output(t, at.row(chunk, r));
        }
        for (int panel = 0; panel < at.panels; panel++) {
          const size_t tile = S::RESIDENT ? 0 : at.tile(panel, chunk);
          if (!S::RESIDENT) {
            loadConnections<K>(w, alpha, a, at, panel, chunk);
            if (Is::PLASTIC) {
              if (t == steps) {
                hebbGradient.load(a.hebbGradient ? a.hebbGradient + matrix : nullptr, at, panel, chunk);
                if (Is::ELIGIBLE)
                  eligibilityGradient.load(
                      a.eligibilityGradient ? a.eligibilityGradient + matrix : nullptr, at, panel, chunk);
                if (life == at.team) alphaGradient.fill(0.f);
                else alphaGradient.loadTile(scratch.alphaGradient(tile));
              } else {
                hebbGradient.loadTile(scratch.hebbGradient(tile));
                if (Is::ELIGIBLE) eligibilityGradient.loadTile(scratch.eligibilityGradient(tile));
                alphaGradient.loadTile(scratch.alphaGradient(tile));
              }
            }
          }
          if (Is::PLASTIC && !S::RESIDENT) {
            replay.getKept(t, h, e, tile);
            replay.reliveTo(t, h, e, panel, chunk);
          }
          float s[S::C], p[S::C], d[S::C];
#pragma unroll
          for (int c = 0; c < S::C; c++) {
            const int column = panel * S::COLUMNS + at.tx * S::C + c;
            const float g = later[0][column];
            s[c] = p[c] = d[c] = 0.f;
            if (!Is::PLASTIC) {
#pragma unroll
              for (int r = 0; r < S::R; r++) rows[r] = fmaf(w.v[r][c], g, rows[r]);
              continue;
            }
            const Update now = t > 0 ? replay.update(t, column) : noUpdate(a.bound);
            const Update then =
                t < steps ? shared.columns.update(column, later[1][column], replay.eta, signalLater, a.bound)
                          : noUpdate(a.bound);
#pragma unroll
            for (int r = 0; r < S::R; r++) {
              float &gradient = hebbGradient.v[r][c], &traced = eligibilityGradient.v[r][c];
              const float trace = h.v[r][c], eligible = e.v[r][c];
              const float v = unclipped<K>(trace, eligible, x[r], now);
              const float next = clipped<K>(v, now);
              // Step t+1.
              rows[r] = fmaf(fmaf(alpha.v[r][c], next, w.v[r][c]), g, rows[r]);
              const float product = xLater[r] * g;
              alphaGradient.v[r][c] = fmaf(next, product, alphaGradient.v[r][c]);
              if (Is::ELIGIBLE) {
                rows[r] = fmaf(traced, then.gain, rows[r]);
                traced = fmaf(then.keep, traced, then.signal * gradient);
              } else {
                rows[r] = fmaf(gradient * slope<K>(next, xLater[r], then), then.gain, rows[r]);
                if (Is::FADES) gradient *= then.keep;
                if (K == Rule::SOFT_BOUND) gradient *= 1.f - fabsf(xLater[r] * then.gain);
              }
              gradient = fmaf(alpha.v[r][c], product, gradient);
              // Step t.
              if (Is::BOUNDED && !(fabsf(v) <= now.limit)) gradient = 0.f;
              if (Is::ELIGIBLE) {
                s[c] = fmaf(traced, x[r], s[c]);
                p[c] = fmaf(traced, eligible, p[c]);
                d[c] = fmaf(gradient, eligible, d[c]);
              } else {
                s[c] = fmaf(gradient * slope<K>(trace, x[r], now), x[r], s[c]);
                if (Is::FADES) p[c] = fmaf(gradient, trace, p[c]);
              }
            }
          }
          if (!S::RESIDENT && Is::PLASTIC) {
            hebbGradient.storeTile(scratch.hebbGradient(tile));
            if (Is::ELIGIBLE) eligibilityGradient.storeTile(scratch.eligibilityGradient(tile));
            alphaGradient.storeTile(scratch.alphaGradient(tile));
            if (t == 0 && a.hebb0Gradient) hebbGradient.store(a.hebb0Gradient + matrix, at, panel, chunk);
            if (t == 0 && Is::ELIGIBLE && a.eligibility0Gradient)
              eligibilityGradient.store(a.eligibility0Gradient + matrix, at, panel, chunk);
            if (t == 0 && life + a.teams >= a.batch)
              alphaGradient.store(a.alphaGradients + (size_t)at.team * n * n, at, panel, chunk);
          }
          if (Is::PLASTIC && t > 0) {
            const int warp = panel * S::WARPS + at.warp;
            columnSums<S>(s, sums[0][warp], chunk > 0);
            if (Is::FADES || Is::ELIGIBLE) columnSums<S>(p, sums[1][warp], chunk > 0);
            if (Is::ELIGIBLE) columnSums<S>(d, sums[2][warp], chunk > 0);
          }
        }
        Word *words = exchange.rows(tag, at.slice * S::TX + at.tx);
#pragma unroll
        for (int r = 0; r < S::R; r++)
          if (at.row(chunk, r) < n) publish(words + at.row(chunk, r), tag, rows[r]);
      }
      __syncthreads();

      float s = 0.f, p = 0.f, signal = 0.f;
      if (Is::PLASTIC && t > 0) {
        float part = 0.f;
        if (mine) {
          const int c = at.thread % S::COLUMNS;
          const int warp = at.ownPanel() * S::WARPS + (c / S::C) * S::WARPS_A_COLUMN;
#pragma unroll
          for (int k = 0; k < S::WARPS_A_COLUMN; k++) {
            s += sums[0][warp + k][c % S::C];
            if (Is::FADES || Is::ELIGIBLE) p += sums[1][warp + k][c % S::C];
            if (Is::ELIGIBLE) part += sums[2][warp + k][c % S::C];
          }
          if (K == Rule::NEUROMODULATED) part = shared.columns.fan[at.thread] * recorded.y * s;
        }
        if (Is::MODULATED) {
          signal = shared.signal[t - replay.firstStep(replay.prepared)];
          float whole = blockSum<S::WARPS>(part, lanes[0]);
          if (at.thread == 0) publish(exchange.signals(tag) + at.slice, tag, whole);
        }
      }

      // While the others' parts are on their way.
      const float y = recorded.y, outside = recorded.outside, mask = recorded.mask;
      if (t > 1 && mine) recorded.load(a, row - (size_t)a.batch * n + j);
      if (Is::PLASTIC && t > 0) {
        if (S::RESIDENT) replay.goTo(t - 1, h, e, reinterpret_cast<float *>(base));
        else replay.goTo(t - 1);
      }

      // What step t+1 asks of the block's own neurons.
      for (int panel = 0; panel < at.panels; panel++) {
        const int i = at.panelColumn(panel) + at.thread % S::COLUMNS;
        float part = 0.f;
        constexpr int AT_ONCE = 4, APART = S::THREADS / S::COLUMNS;
        for (int first = at.thread / S::COLUMNS; i < n && first < exchange.producers(); first += AT_ONCE * APART) {
          const Word *words[AT_ONCE];
          float numbers[AT_ONCE];
#pragma unroll
          for (int k = 0; k < AT_ONCE; k++) {
            const int producer = first + k * APART;
            words[k] = producer < exchange.producers() ? exchange.rows(tag, producer) + i : nullptr;
          }
          await(words, tag, numbers);
#pragma unroll
          for (int k = 0; k < AT_ONCE; k++) part += numbers[k];
        }
#pragma unroll
        for (int distance = 16; distance >= S::COLUMNS; distance /= 2)
          part += __shfl_xor_sync(~0u, part, distance);
        if (at.lane < S::COLUMNS) asked[panel][at.warp][at.lane] = part;
      }
      float signalGradient = 0.f;
      if (Is::MODULATED && t > 0) {
        float part = 0.f;
        for (int k = at.thread; k < at.slices; k += S::THREADS) {
          const Word *words[] = {exchange.signals(tag) + k};
          float numbers[1];
          await(words, tag, numbers);
          part += numbers[0];
        }
        signalGradient = (1.f - signal * signal) * blockSum<S::WARPS>(part, lanes[1]);
      } else {
        __syncthreads();
      }

      if (mine) {
        float carried = 0.f;
#pragma unroll
        for (int k = 0; k < S::WARPS; k++) carried += asked[at.ownPanel()][k][at.thread % S::COLUMNS];
        if (t == 0) {
          if (a.y0Gradient) a.y0Gradient[(size_t)life * n + j] = carried;
        } else {
          float all = outside + carried;
          if (Is::FADES) {
            const bool oja = K == Rule::OJA;
            all += replay.eta * (oja ? s - 2.f * y * p : s);
            etaGradient += (double)y * s - (oja ? (double)y * y : 1.0) * p;
          } else if (K == Rule::NEUROMODULATED) {
            const float fan = shared.columns.fan[at.thread];
            all += (signal * fan + shared.columns.bias[at.thread]) * s + a.modulatorWeights[j] * signalGradient;
            fanOutGradient += (double)signal * y * s;
            fanOutBiasGradient += (double)y * s;
          } else if (Is::PLASTIC) {
            all += replay.eta * s + (Is::ELIGIBLE ? a.modulatorWeights[j] * signalGradient : 0.f);
            etaGradient += (double)y * s - (Is::ELIGIBLE ? p : 0.f);
          }
          modulatorGradient += (double)y * signalGradient;
          biasGradient += signalGradient;
          // The mask is 0 or 1, so where a neuron is free its output is tanh(pre).
          const float g = (1.f - mask) * (1.f - y * y) * all;
          a.driveGradient[row + j] = g;
          if (a.valueGradient) a.valueGradient[row + j] = mask * all;
          later[0][at.thread] = g;
          later[1][at.thread] = y;
        }
      }
      signalLater = signal;
      __syncthreads();
    }
    if (S::RESIDENT && Is::PLASTIC) {
      if (a.hebb0Gradient) hebbGradient.store(a.hebb0Gradient + matrix, at, 0, 0);
      if (Is::ELIGIBLE && a.eligibility0Gradient)
        eligibilityGradient.store(a.eligibility0Gradient + matrix, at, 0, 0);
    }
  }

  if (S::RESIDENT && Is::PLASTIC) alphaGradient.store(a.alphaGradients + (size_t)at.team * n * n, at, 0, 0);
  if (mine) {
    const size_t own = (size_t)at.team * n + j;
    if (a.etaGradients) a.etaGradients[own] = (float)etaGradient;
    if (a.modulatorWeightsGradients) a.modulatorWeightsGradients[own] = (float)modulatorGradient;
    if (a.fanOutWeightsGradients) a.fanOutWeightsGradients[own] = (float)fanOutGradient;
    if (a.fanOutBiasGradients) a.fanOutBiasGradients[own] = (float)fanOutBiasGradient;
    if (a.modulatorBiasGradients && j == 0) a.modulatorBiasGradients[at.team] = (float)biasGradient;
  }
}
