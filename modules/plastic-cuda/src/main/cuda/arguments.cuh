// What every kernel of a lifetime is given. Java writes the same fields in the same order (LifetimeArguments):
// first all of eight bytes, then all of four.
#pragma once

typedef unsigned long long Word;

struct Arguments {
  // The lifetimes' inputs; null where there is none. docs/math.md has the symbols.
  const float *drive;            // u [T, B, n]
  const float *w;                // [n, n]
  const float *alpha;            // [n, n], or [1] where it is shared
  const float *eta;              // [1]
  const float *modulatorWeights; // mu [n]
  const float *modulatorBias;    // kappa [1]
  const float *fanOutWeights;    // f [n]
  const float *fanOutBias;       // o [n]
  const float *mask;             // [T, B, n]
  const float *value;            // [T, B, n]
  const float *y0;               // [B, n]
  const float *hebb0;            // [B, n, n]
  const float *eligibility0;     // [B, n, n]
  // What a life gives; the way back reads y.
  float *y;           // [T, B, n]
  float *hebb;        // [B, n, n]
  float *eligibility; // [B, n, n]
  // The way back alone.
  const float *yGradient;           // [T, B, n]
  const float *hebbGradient;        // [B, n, n]; null for zeros
  const float *eligibilityGradient; // [B, n, n]; null for zeros
  const float *signals;             // M(t) [T, B]
  float *driveGradient;             // [T, B, n]
  float *valueGradient;             // [T, B, n]
  float *y0Gradient;                // [B, n]
  float *hebb0Gradient;             // [B, n, n]
  float *eligibility0Gradient;      // [B, n, n]
  // Sums over the lifetimes of a team, [teams, ...]: added up by another kernel.
  float *alphaGradients;            // [teams, n, n]
  float *modulatorWeightsGradients; // [teams, n]
  float *fanOutWeightsGradients;    // [teams, n]
  float *fanOutBiasGradients;       // [teams, n]
  float *etaGradients;              // [teams, n], a number for each column
  float *modulatorBiasGradients;    // [teams]
  // Traces, each [teams, tiles, cells, threads] as blocks hold them.
  float *kept;    // of the first step of every long segment, [long segments, ...]
  float *every;   // of every fourth step of a long segment, [longSteps / 4, ...]
  float *working; // what a block cannot hold on the chip: see Scratch
  // Numbers that blocks of a team hand each other, each with a tag in its upper half.
  Word *exchange;

  int n;
  int steps;
  int batch;
  int slices;      // blocks in a team: each has every slices-th panel of columns
  int teams;       // teams; each has every teams-th lifetime
  int sharedAlpha; // 1 where alpha is one number
  int longSteps;   // steps in a long segment, a multiple of 8
  unsigned tag;    // larger than any that the exchange has seen
  float bound;
};
