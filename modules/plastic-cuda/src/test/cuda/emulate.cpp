// The kernels of lifetimes on a host, against the definition in double and its slopes (central differences).
//
//   emulate RULE LAYOUT T B n SLICES SHARED CLAMPED STATE     prints the largest relative distance, exits with 1 if too far
#include "emulation.h"

#include "../../main/cuda/backward.cuh"
#include "../../main/cuda/forward.cuh"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>

typedef std::vector<double> Doubles;
typedef std::vector<float> Floats;

typedef Layout<128, 2, 1, 8, true, 1, 2> Small;
typedef Layout<256, 1, 2, 8, true, 1, 1> Medium;
typedef Layout<256, 1, 4, 8, true, 1, 1> Large;
typedef Layout<256, 1, 4, 8, false, 16, 1> Streamed;
// No kernel's: so small that rows go in chunks in a layer whose slopes can be counted.
typedef Layout<32, 1, 1, 8, false, 4, 1> Chunked;

static const double BOUND = 0.5;

struct Case {
  Rule rule;
  int T, B, n;
  bool shared, clamped, fanOut;
  std::map<std::string, Doubles> in;  // inputs and cotangents by name
};

// sum(y Y) + sum(H(T+1) G) + sum(E(T+1) F), as docs/math.md defines a lifetime.
static double objective(Case &c, Doubles *ys = nullptr) {
  const int n = c.n;
  auto &in = c.in;
  double sum = 0;
  auto alpha = [&](int ij) { return c.rule == Rule::NONE ? 0. : in["alpha"][c.shared ? 0 : ij]; };
  for (int b = 0; b < c.B; b++) {
    Doubles H(in["hebb0"].begin() + b * n * n, in["hebb0"].begin() + (b + 1) * n * n);
    Doubles E(in["eligibility0"].begin() + b * n * n, in["eligibility0"].begin() + (b + 1) * n * n);
    Doubles x(in["y0"].begin() + b * n, in["y0"].begin() + (b + 1) * n), y(n);
    for (int t = 0; t < c.T; t++) {
      const int row = (t * c.B + b) * n;
      for (int j = 0; j < n; j++) {
        double pre = in["drive"][row + j];
        for (int i = 0; i < n; i++) pre += x[i] * (in["w"][i * n + j] + alpha(i * n + j) * H[i * n + j]);
        y[j] = c.clamped && in["mask"][row + j] ? in["value"][row + j] : std::tanh(pre);
        sum += y[j] * in["y_gradient"][row + j];
        if (ys) (*ys)[row + j] = y[j];
      }
      const double eta = in["eta"][0];
      double M = in["modulator_bias"][0];
      for (int j = 0; j < n; j++) M += y[j] * in["modulator_weights"][j];
      M = std::tanh(M);
      for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
          double &h = H[i * n + j], &e = E[i * n + j], d = eta * x[i] * y[j];
          auto clip = [](double v) { return std::min(std::max(v, -BOUND), BOUND); };
          switch (c.rule) {
            case Rule::NONE: break;
            case Rule::DECAYING_HEBB: h = d + (1 - eta) * h; break;
            case Rule::OJA: h += eta * y[j] * (x[i] - y[j] * h); break;
            case Rule::HARD_BOUND: h = clip(h + d); break;
            case Rule::SOFT_BOUND: h = clip(h + BOUND * d - std::fabs(d) * h); break;
            case Rule::NEUROMODULATED: {
              double rate = c.fanOut ? M * in["fan_out_weights"][j] + in["fan_out_bias"][j] : M;
              h = clip(h + rate * x[i] * y[j]);
              break;
            }
            case Rule::RETROACTIVE:
              h = clip(h + M * e);
              e = (1 - eta) * e + d;
              break;
          }
        }
      x = y;
    }
    if (c.rule != Rule::NONE)
      for (int k = 0; k < n * n; k++) sum += H[k] * in["hebb_gradient"][b * n * n + k];
    if (c.rule == Rule::RETROACTIVE)
      for (int k = 0; k < n * n; k++) sum += E[k] * in["eligibility_gradient"][b * n * n + k];
  }
  return sum;
}

static double distance(const Floats &found, const Doubles &expected, size_t count) {
  double difference = 0, norm = 1e-30;
  for (size_t k = 0; k < count; k++) {
    difference += std::pow(found[k] - expected[k], 2);
    norm += expected[k] * expected[k];
  }
  return std::sqrt(difference / norm);
}

template <Rule K, class S>
static double check(Case &c, int slices, bool state) {
  const int n = c.n, T = c.T, B = c.B, teams = std::min(B, 2);
  std::map<std::string, Floats> in, out;
  for (auto &entry : c.in) in[entry.first] = Floats(entry.second.begin(), entry.second.end());
  auto given = [&](const char *name, bool has) { return has ? in[name].data() : nullptr; };
  auto made = [&](const char *name, size_t size) {
    out[name] = Floats(size, 123.f);
    return out[name].data();
  };
  const bool plastic = K != Rule::NONE, eligible = Traits<K>::ELIGIBLE, modulated = Traits<K>::MODULATED;
  Arguments a = {};
  a.drive = given("drive", true);
  a.w = given("w", true);
  a.alpha = given("alpha", plastic);
  a.eta = given("eta", plastic && K != Rule::NEUROMODULATED);
  a.modulatorWeights = given("modulator_weights", modulated);
  a.modulatorBias = given("modulator_bias", modulated);
  a.fanOutWeights = given("fan_out_weights", c.fanOut);
  a.fanOutBias = given("fan_out_bias", c.fanOut);
  a.mask = given("mask", c.clamped);
  a.value = given("value", c.clamped);
  a.y0 = given("y0", state);
  a.hebb0 = given("hebb0", state && plastic);
  a.eligibility0 = given("eligibility0", state && eligible);
  a.y = made("y", T * B * n);
  a.hebb = plastic ? made("hebb", B * n * n) : nullptr;
  a.eligibility = eligible ? made("eligibility", B * n * n) : nullptr;
  const int panels = (n + S::COLUMNS - 1) / S::COLUMNS;
  const size_t trace = (size_t)panels * (S::RESIDENT ? 1 : (n + S::ROWS - 1) / S::ROWS) * S::CELLS * S::THREADS * teams;
  // Aligned as tiles are read, four numbers at a time.
  std::vector<float4> kept(2 * trace * (T / 8 + 1) / 4), every(2 * trace * 4 / 4), working(5 * trace / 4);
  std::vector<Word> exchange(teams * 2 * (slices * S::TX * n + slices + n), ~0ull);
  a.kept = (float *)kept.data();
  a.every = (float *)every.data();
  a.working = (float *)working.data();
  a.exchange = exchange.data();
  a.n = n, a.steps = T, a.batch = B, a.slices = slices, a.teams = teams, a.sharedAlpha = c.shared, a.longSteps = 8;
  a.tag = 1, a.bound = (float)BOUND;
  launch(slices * teams, S::THREADS, 2 * n * 4, [&] { live<K, S>(a); });

  a.yGradient = given("y_gradient", true);
  a.hebbGradient = given("hebb_gradient", plastic);
  a.eligibilityGradient = given("eligibility_gradient", eligible);
  Floats signals(T * B);
  for (int row = 0; modulated && row < T * B; row++) {
    double M = in["modulator_bias"][0];
    for (int j = 0; j < n; j++) M += out["y"][row * n + j] * in["modulator_weights"][j];
    signals[row] = (float)std::tanh(M);
  }
  a.signals = signals.data();
  a.driveGradient = made("d_drive", T * B * n);
  a.valueGradient = c.clamped ? made("d_value", T * B * n) : nullptr;
  a.y0Gradient = state ? made("d_y0", B * n) : nullptr;
  a.hebb0Gradient = state && plastic ? made("d_hebb0", B * n * n) : nullptr;
  a.eligibility0Gradient = state && eligible ? made("d_eligibility0", B * n * n) : nullptr;
  a.alphaGradients = plastic ? made("d_alpha", teams * n * n) : nullptr;
  a.etaGradients = a.eta ? made("d_eta", teams * n) : nullptr;
  a.modulatorWeightsGradients = modulated ? made("d_modulator_weights", teams * n) : nullptr;
  a.modulatorBiasGradients = modulated ? made("d_modulator_bias", teams) : nullptr;
  a.fanOutWeightsGradients = c.fanOut ? made("d_fan_out_weights", teams * n) : nullptr;
  a.fanOutBiasGradients = c.fanOut ? made("d_fan_out_bias", teams * n) : nullptr;
  a.tag = 1000000;
  launch(slices * teams, S::THREADS, 2 * S::CELLS * S::THREADS * 4, [&] { back<K, S>(a); });

  // What other kernels add up.
  auto sum = [&](const char *name, size_t size) {
    if (!out.count(name)) return;
    Floats all(size);
    for (size_t k = 0; k < out[name].size(); k++) all[k % size] += out[name][k];
    out[name] = all;
  };
  sum("d_alpha", c.shared ? 1 : n * n);
  sum("d_eta", 1);
  sum("d_modulator_weights", n);
  sum("d_modulator_bias", 1);
  sum("d_fan_out_weights", n);
  sum("d_fan_out_bias", n);

  Doubles ys(T * B * n);
  objective(c, &ys);
  double worst = distance(out["y"], ys, ys.size());
  std::printf("y %.1e", worst);
  for (auto &entry : out) {
    if (entry.first.rfind("d_", 0)) continue;
    Doubles &input = c.in[entry.first.substr(2)];
    Doubles slopes(entry.second.size());
    for (size_t k = 0; k < slopes.size(); k++) {
      const double saved = input[k], step = 1e-6;
      input[k] = saved + step;
      double up = objective(c);
      input[k] = saved - step;
      slopes[k] = (up - objective(c)) / (2 * step);
      input[k] = saved;
    }
    double d = distance(entry.second, slopes, slopes.size());
    std::printf("  %s %.1e", entry.first.c_str(), d);
    worst = std::isnan(d) ? 1 : std::max(worst, d);
  }
  std::printf("\n");
  return worst;
}

template <Rule K>
static double check(Case &c, const std::string &layout, int slices, bool state) {
  c.rule = K;
  if (layout == "small") return check<K, Small>(c, slices, state);
  if (layout == "medium") return check<K, Medium>(c, slices, state);
  if (layout == "large") return check<K, Large>(c, slices, state);
  if (layout == "streamed") return check<K, Streamed>(c, slices, state);
  return check<K, Chunked>(c, slices, state);
}

int main(int count, char **words) {
  if (count != 10) return 2;
  std::string rule = words[1];
  Case c;
  c.T = std::atoi(words[3]), c.B = std::atoi(words[4]), c.n = std::atoi(words[5]);
  const int slices = std::atoi(words[6]), n = c.n;
  c.shared = words[7][0] == '1', c.clamped = words[8][0] == '1';
  const bool state = words[9][0] == '1';
  c.fanOut = rule == "neuromodulated_fan_out";
  std::mt19937 random(7);
  auto normal = [&](double scale, size_t size) {
    std::normal_distribution<double> draw(0, scale);
    Doubles all(size);
    // Numbers that a float can hold.
    for (double &v : all) v = (float)draw(random);
    return all;
  };
  const double scale = 0.5 / std::sqrt(n);
  const size_t activity = c.T * c.B * n, traces = c.B * n * n;
  c.in["drive"] = normal(0.5, activity);
  c.in["w"] = normal(scale, n * n);
  c.in["alpha"] = normal(scale, c.shared ? 1 : n * n);
  c.in["eta"] = {0.125};
  c.in["modulator_weights"] = normal(0.3 / std::sqrt(n), n);
  c.in["modulator_bias"] = normal(0.1, 1);
  c.in["fan_out_weights"] = normal(1, n);
  c.in["fan_out_bias"] = normal(0.1, n);
  c.in["mask"] = normal(1, activity);
  for (double &m : c.in["mask"]) m = m > 0.3;
  c.in["value"] = normal(1, activity);
  c.in["y0"] = state ? normal(0.5, c.B * n) : Doubles(c.B * n);
  c.in["hebb0"] = state ? normal(0.3, traces) : Doubles(traces);
  c.in["eligibility0"] = state ? normal(0.3, traces) : Doubles(traces);
  c.in["y_gradient"] = normal(1, activity);
  c.in["hebb_gradient"] = normal(1, traces);
  c.in["eligibility_gradient"] = normal(1, traces);
  double worst = rule == "none"            ? check<Rule::NONE>(c, words[2], slices, state)
                 : rule == "decaying_hebb" ? check<Rule::DECAYING_HEBB>(c, words[2], slices, state)
                 : rule == "oja"           ? check<Rule::OJA>(c, words[2], slices, state)
                 : rule == "hard_bound"    ? check<Rule::HARD_BOUND>(c, words[2], slices, state)
                 : rule == "soft_bound"    ? check<Rule::SOFT_BOUND>(c, words[2], slices, state)
                 : rule == "retroactive"   ? check<Rule::RETROACTIVE>(c, words[2], slices, state)
                                           : check<Rule::NEUROMODULATED>(c, words[2], slices, state);
  std::printf("%.1e\n", worst);
  return worst < 2e-4 ? 0 : 1;
}
