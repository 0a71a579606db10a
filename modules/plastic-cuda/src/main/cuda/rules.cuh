// The rules of plasticity for one connection, as docs/math.md has them. A kernel is compiled for one of them.
#pragma once

enum class Rule { NONE, DECAYING_HEBB, OJA, HARD_BOUND, SOFT_BOUND, NEUROMODULATED, RETROACTIVE };

template <Rule K>
struct Traits {
  static constexpr bool PLASTIC = K != Rule::NONE;
  // Fading rules have no bound.
  static constexpr bool FADES = K == Rule::DECAYING_HEBB || K == Rule::OJA;
  static constexpr bool BOUNDED = PLASTIC && !FADES;
  // There is a signal M(t), which looks at all outputs of a step.
  static constexpr bool MODULATED = K == Rule::NEUROMODULATED || K == Rule::RETROACTIVE;
  static constexpr bool ELIGIBLE = K == Rule::RETROACTIVE;
};

// What a column's neuron does to the traces of its connections in one step.
struct Update {
  float gain;    // r_j: eta y_j, or the rate that the network sets times y_j
  float keep;    // what is left of a fading trace, or of the eligibility
  float signal;  // M
  float bound;   // b
  float limit;   // where traces are cut off: b, or infinity where nothing is
};

// Changes nothing and lets everything pass: before the first step and behind the last.
__device__ inline Update noUpdate(float bound) { return {0.f, 1.f, 0.f, bound, __int_as_float(0x7f800000)}; }

// fan is f_j and bias o_j; 1 and 0 where the signal is the same for all.
template <Rule K>
__device__ inline Update updateOf(float y, float eta, float signal, float fan, float bias, float bound) {
  Update u;
  u.gain = (K == Rule::NEUROMODULATED ? fmaf(signal, fan, bias) : eta) * y;
  u.keep = K == Rule::OJA ? 1.f - eta * (y * y) : 1.f - eta;
  u.signal = signal;
  u.bound = bound;
  u.limit = bound;
  return u;
}

// V: the next trace before it is cut off.
template <Rule K>
__device__ inline float unclipped(float h, float e, float x, const Update &u) {
  switch (K) {
    case Rule::DECAYING_HEBB:
    case Rule::OJA: return fmaf(u.keep, h, x * u.gain);
    case Rule::SOFT_BOUND: {
      float d = x * u.gain;
      return fmaf(u.bound, d, fmaf(-fabsf(d), h, h));
    }
    case Rule::RETROACTIVE: return fmaf(u.signal, e, h);
    default: return fmaf(x, u.gain, h);
  }
}

template <Rule K>
__device__ inline float clipped(float v, const Update &u) {
  return Traits<K>::BOUNDED ? fminf(fmaxf(v, -u.limit), u.limit) : v;
}

// From H(t), E(t) to H(t+1), E(t+1).
template <Rule K>
__device__ inline void advance(float &h, float &e, float x, const Update &u) {
  h = clipped<K>(unclipped<K>(h, e, x, u), u);
  if (Traits<K>::ELIGIBLE) e = fmaf(u.keep, e, x * u.gain);
}

// dV/dr_j over x: 1, or b - sign(D) H in the soft bound.
template <Rule K>
__device__ inline float slope(float h, float x, const Update &u) {
  if (K != Rule::SOFT_BOUND) return 1.f;
  float d = x * u.gain;
  return u.bound - (d > 0.f ? h : d < 0.f ? -h : 0.f);
}
