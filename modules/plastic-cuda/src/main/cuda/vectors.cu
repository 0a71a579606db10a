// What goes before and after lifetimes: signals, dW, sums over teams; and a training that stays on the card.
#include "exchange.cuh"

// M(t) = tanh(y(t) mu + kappa), a warp for each of rows [rows, n].
extern "C" __global__ void signals(
    const float *y, const float *modulator, const float *bias, float *signals, int rows, int n) {
  int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
  if (row >= rows) return;
  float sum = 0.f;
  for (int i = threadIdx.x % 32; i < n; i += 32) sum = fmaf(y[(size_t)row * n + i], modulator[i], sum);
  for (int distance = 16; distance >= 1; distance /= 2) sum += __shfl_xor_sync(~0u, sum, distance);
  if (threadIdx.x % 32 == 0) signals[row] = tanhf(sum + *bias);
}

// dW = sum over steps and lifetimes of x(t)^T g(t), x(t) = y(t-1): a block sums a tile of 64 by 64 over one share of the
// rows [T B]; parts [shares, n, n].
extern "C" __global__ void __launch_bounds__(256) weight_products(
    const float *y, const float *y0, const float *g, float *parts, int n, int batch, int rows, int share) {
  constexpr int EDGE = 64, DEPTH = 16;
  __shared__ float xs[DEPTH][EDGE], gs[DEPTH][EDGE];
  const int i0 = blockIdx.y * EDGE, j0 = blockIdx.x * EDGE;
  const int ty = threadIdx.x / 16 * 4, tx = threadIdx.x % 16 * 4;
  const int end = min(rows, (int)(blockIdx.z + 1) * share);
  float sums[4][4] = {};
  for (int from = blockIdx.z * share; from < end; from += DEPTH) {
    for (int k = threadIdx.x; k < DEPTH * EDGE; k += 256) {
      int row = from + k / EDGE, i = i0 + k % EDGE, j = j0 + k % EDGE;
      float x = 0.f;
      if (row < end && i < n) {
        if (row >= batch) x = y[(size_t)(row - batch) * n + i];
        else if (y0) x = y0[(size_t)row * n + i];
      }
      xs[k / EDGE][k % EDGE] = x;
      gs[k / EDGE][k % EDGE] = row < end && j < n ? g[(size_t)row * n + j] : 0.f;
    }
    __syncthreads();
#pragma unroll
    for (int k = 0; k < DEPTH; k++)
#pragma unroll
      for (int r = 0; r < 4; r++)
#pragma unroll
        for (int c = 0; c < 4; c++) sums[r][c] = fmaf(xs[k][ty + r], gs[k][tx + c], sums[r][c]);
    __syncthreads();
  }
  float *part = parts + (size_t)blockIdx.z * n * n;
  for (int r = 0; r < 4; r++)
    for (int c = 0; c < 4; c++)
      if (i0 + ty + r < n && j0 + tx + c < n) part[(size_t)(i0 + ty + r) * n + j0 + tx + c] = sums[r][c];
}

// The sum of parts [count, length], in their order.
extern "C" __global__ void sum_parts(const float *parts, float *sum, long long length, int count) {
  for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < length;
       i += gridDim.x * (long long)blockDim.x) {
    float all = 0.f;
    for (int k = 0; k < count; k++) all += parts[k * length + i];
    sum[i] = all;
  }
}

// The sum of a number of each of THREADS threads of a block; right for the first.
template <int THREADS>
__device__ double sumOf(double part) {
  __shared__ double parts[THREADS];
  parts[threadIdx.x] = part;
  __syncthreads();
  for (int half = THREADS / 2; half >= 1; half /= 2) {
    if (threadIdx.x < half) parts[threadIdx.x] += parts[threadIdx.x + half];
    __syncthreads();
  }
  return parts[0];
}

// The sum of all numbers, by one block.
extern "C" __global__ void __launch_bounds__(1024) sum_all(const float *numbers, float *sum, long long length) {
  double part = 0;
  for (long long i = threadIdx.x; i < length; i += 1024) part += numbers[i];
  double all = sumOf<1024>(part);
  if (threadIdx.x == 0) *sum = (float)all;
}

// The sum of all squares: one of each block.
extern "C" __global__ void __launch_bounds__(256) sum_squares(const float *numbers, float *sums, long long length) {
  double part = 0;
  for (long long i = blockIdx.x * 256LL + threadIdx.x; i < length; i += gridDim.x * 256LL)
    part += (double)numbers[i] * numbers[i];
  double all = sumOf<256>(part);
  if (threadIdx.x == 0) sums[blockIdx.x] = (float)all;
}

// What neurons are given when values [T, B, values] are shown: the values, a bias neuron's 1, and nothing to the others.
// Either all of it drives, times gain, or what is not 0 clamps.
extern "C" __global__ void present(
    const float *shown, float *drive, float *mask, float *value, float gain, int rows, int values, int n) {
  for (int k = blockIdx.x * blockDim.x + threadIdx.x; k < rows * n; k += gridDim.x * blockDim.x) {
    int row = k / n, j = k % n;
    float seen = j < values ? shown[(size_t)row * values + j] : j == values ? 1.f : 0.f;
    drive[k] = mask ? 0.f : gain * seen;
    if (mask) {
      mask[k] = seen != 0.f ? 1.f : 0.f;
      value[k] = seen;
    }
  }
}

// The summed squared distance of the last outputs [B, n] from what is asked for [B, values], in the mean over the batch,
// and its gradient by these outputs, which begin at last; a block for each lifetime.
extern "C" __global__ void __launch_bounds__(256) squared_error(
    const float *y, float *gradient, long long last, const float *asked, float *losses, int batch, int values, int n) {
  const int b = blockIdx.x;
  double part = 0;
  for (int j = threadIdx.x; j < n; j += 256) {
    float difference = j < values ? y[last + (size_t)b * n + j] - asked[(size_t)b * values + j] : 0.f;
    gradient[last + (size_t)b * n + j] = 2.f * difference / batch;
    part += (double)difference * difference;
  }
  double all = sumOf<256>(part);
  if (threadIdx.x == 0) losses[b] = (float)(all / batch);
}

// Adam as ND4J has it: epsilon is added before the correction for bias, which is part of the rate.
extern "C" __global__ void adam(
    float *parameter, const float *gradient, float *mean, float *square, float rate, float beta1, float beta2,
    float epsilon, float scale, long long length) {
  for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < length;
       i += gridDim.x * (long long)blockDim.x) {
    float g = scale * gradient[i];
    float m = mean[i] = beta1 * mean[i] + (1.f - beta1) * g;
    float v = square[i] = beta2 * square[i] + (1.f - beta2) * (g * g);
    parameter[i] -= rate * m / (sqrtf(v) + epsilon);
  }
}

// How long blocks take to hand each other numbers, and no more than that: each gives its share of n and waits for all of
// them, steps times. For the benchmark.
extern "C" __global__ void __launch_bounds__(256) meet(Word *exchange, int n, int steps, unsigned tag) {
  const int share = (n + gridDim.x - 1) / gridDim.x;
  const int i = blockIdx.x * share + threadIdx.x;
  float sum = 0.f;
  for (int t = 0; t < steps; t++) {
    tag++;
    Word *words = exchange + (tag & 1) * n;
    if (threadIdx.x < share && i < n) publish(words + i, tag, sum);
    for (int first = threadIdx.x; first < n; first += 4 * 256) {
      const Word *mine[4];
      float numbers[4];
#pragma unroll
      for (int k = 0; k < 4; k++) mine[k] = first + k * 256 < n ? words + first + k * 256 : nullptr;
      await(mine, tag, numbers);
      sum += numbers[0];
    }
    __syncthreads();
  }
}
