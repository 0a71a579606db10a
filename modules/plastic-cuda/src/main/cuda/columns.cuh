// What a block knows of its own columns, and its part of the connections.
#pragma once
#include "layout.cuh"
#include "rules.cuh"

template <Rule K, class S>
struct Columns {
  float fan[S::COLUMNS * S::PANELS];   // f_j
  float bias[S::COLUMNS * S::PANELS];  // o_j

  // A barrier has to follow.
  __device__ void load(const Arguments &a, const Place<S> &at) {
    if (K != Rule::NEUROMODULATED || at.thread >= S::COLUMNS * S::PANELS) return;
    bool mine = at.hasColumn() && a.fanOutWeights;
    fan[at.thread] = mine ? a.fanOutWeights[at.ownColumn()] : 1.f;
    bias[at.thread] = mine ? a.fanOutBias[at.ownColumn()] : 0.f;
  }
  __device__ Update update(int column, float y, float eta, float signal, float bound) const {
    bool modulated = K == Rule::NEUROMODULATED;
    return updateOf<K>(y, eta, signal, modulated ? fan[column] : 1.f, modulated ? bias[column] : 0.f, bound);
  }
};

// A tile of W, and of alpha where there is one.
template <Rule K, class S>
__device__ inline void loadConnections(
    Tile<S> &w, Tile<S> &alpha, const Arguments &a, const Place<S> &at, int panel, int chunk) {
  w.load(a.w, at, panel, chunk);
  if (!Traits<K>::PLASTIC) return;
  if (a.sharedAlpha) alpha.fill(*a.alpha);
  else alpha.load(a.alpha, at, panel, chunk);
}
