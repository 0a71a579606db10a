// The other kernels on a host, against plain loops in double; prints what differs and exits with 1 if anything does.
#include "emulation.h"

#include "../../main/cuda/vectors.cu"

#include <cstdio>
#include <random>

static int wrong = 0;

static void expect(const char *what, double found, double expected, double within) {
  if (!(std::fabs(found - expected) <= within * (1 + std::fabs(expected)))) {
    std::printf("%s: expected %.9g, found %.9g\n", what, expected, found);
    wrong++;
  }
}

static std::mt19937 dice(5);

static std::vector<float> normal(size_t size) {
  std::normal_distribution<float> draw(0, 1);
  std::vector<float> all(size);
  for (float &v : all) v = draw(dice);
  return all;
}

static void sums() {
  const int n = 1300;
  std::vector<float> numbers = normal(n), squares(5, 99.f), parts = normal(3 * 70), added(70, 99.f);
  double sum = 0, squared = 0, found = 0;
  for (float v : numbers) sum += v, squared += (double)v * v;
  float all = 99;
  launch(1, 1024, 0, [&] { sum_all(numbers.data(), &all, n); });
  expect("sum_all", all, sum, 1e-6);
  launch(5, 256, 0, [&] { sum_squares(numbers.data(), squares.data(), n); });
  for (float v : squares) found += v;
  expect("sum_squares", found, squared, 1e-6);
  launch(1, 256, 0, [&] { sum_parts(parts.data(), added.data(), 70, 3); });
  for (int k = 0; k < 70; k++) expect("sum_parts", added[k], (double)parts[k] + parts[70 + k] + parts[140 + k], 1e-6);
}

static void products(bool state) {
  // Three shares of the 7 * 3 rows, the last of them shorter, and tiles that are not full.
  const int T = 7, B = 3, n = 70, share = 8, shares = 3;
  std::vector<float> y = normal(T * B * n), y0 = normal(B * n), g = normal(T * B * n), parts(shares * n * n, 99.f);
  for (int z = 0; z < shares; z++)
    for (int ty = 0; ty < 2; ty++)
      launch(2, 256, 0, [&] {
        blockIdx.y = ty;
        blockIdx.z = z;
        weight_products(y.data(), state ? y0.data() : nullptr, g.data(), parts.data(), n, B, T * B, share);
      });
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      double sum = 0, found = 0;
      for (int row = 0; row < T * B; row++) {
        double x = row >= B ? y[(row - B) * n + i] : state ? y0[row * n + i] : 0;
        sum += x * g[row * n + j];
      }
      for (int z = 0; z < shares; z++) found += parts[(z * n + i) * n + j];
      expect("weight_products", found, sum, 1e-5);
    }
}

static void signal() {
  const int rows = 9, n = 45;
  std::vector<float> y = normal(rows * n), mu = normal(n), found(rows, 99.f);
  const float kappa = 0.3f;
  launch(2, 256, 0, [&] { signals(y.data(), mu.data(), &kappa, found.data(), rows, n); });
  for (int row = 0; row < rows; row++) {
    double sum = kappa;
    for (int j = 0; j < n; j++) sum += (double)y[row * n + j] * mu[j];
    expect("signals", found[row], std::tanh(sum), 1e-5);
  }
}

static void training() {
  const int T = 3, B = 2, values = 5, n = 7;
  const long long last = (T - 1) * B * n;
  std::vector<float> y = normal(T * B * n), asked = normal(B * values), gradient(T * B * n, 7.f), losses(B, 99.f);
  launch(B, 256, 0, [&] {
    squared_error(y.data(), gradient.data(), last, asked.data(), losses.data(), B, values, n);
  });
  for (int b = 0; b < B; b++) {
    double loss = 0;
    for (int j = 0; j < n; j++) {
      double d = j < values ? y[last + b * n + j] - asked[b * values + j] : 0;
      loss += d * d / B;
      expect("gradient of squared_error", gradient[last + b * n + j], 2 * d / B, 1e-6);
    }
    expect("squared_error", losses[b], loss, 1e-6);
  }
  for (long long k = 0; k < last; k++) expect("gradient of earlier steps", gradient[k], 7, 0);

  std::vector<float> shown = normal(T * B * values), drive(T * B * n), mask(T * B * n), value(T * B * n);
  shown[3] = 0;
  for (bool clamps : {false, true}) {
    launch(1, 256, 0, [&] {
      present(shown.data(), drive.data(), clamps ? mask.data() : nullptr, clamps ? value.data() : nullptr, 3.f, T * B,
              values, n);
    });
    for (int row = 0; row < T * B; row++)
      for (int j = 0; j < n; j++) {
        double seen = j < values ? shown[row * values + j] : j == values ? 1 : 0;
        expect("drive", drive[row * n + j], clamps ? 0 : 3 * seen, 1e-6);
        if (clamps) expect("mask", mask[row * n + j], seen != 0, 0);
        if (clamps) expect("value", value[row * n + j], seen, 0);
      }
  }

  const int size = 300;
  std::vector<float> parameter = normal(size), before = parameter, g = normal(size), mean(size, 0.5f), square(size, 0.25f);
  launch(1, 256, 0, [&] {
    adam(parameter.data(), g.data(), mean.data(), square.data(), 0.01f, 0.9f, 0.999f, 1e-8f, 0.5f, size);
  });
  for (int k = 0; k < size; k++) {
    double scaled = 0.5 * g[k], m = 0.9 * 0.5 + 0.1 * scaled, v = 0.999 * 0.25 + 0.001 * scaled * scaled;
    expect("mean", mean[k], m, 1e-6);
    expect("square", square[k], v, 1e-6);
    expect("adam", parameter[k], before[k] - 0.01 * m / (std::sqrt(v) + 1e-8), 1e-6);
  }
}

int main() {
  sums();
  products(false);
  products(true);
  signal();
  training();
  return wrong > 0;
}
