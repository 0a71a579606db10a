#!/usr/bin/env python3
"""Times lifetimes with all gradients on a GPU beside PyTorch, taking turns in one run, and writes what
scripts/gpu-page.py makes a page of.

  gpu-benchmark.py JAVA_COMMAND_FILE OUT_JSON [--commit C] [--turns K] [--without-compile] [--cases NAME,NAME]

JAVA_COMMAND_FILE holds the command that starts org.plastic4j.cuda.TimedLifetimes. Both sides have the same inputs, and
parameters, inputs and results stay on the card. Sides that do not agree are not timed. PyTorch is written as the papers'
equations read; "compiled" is the same with the step in torch.compile.
"""
import argparse, json, shlex, statistics, subprocess, sys, tempfile, time
from pathlib import Path
import numpy as np
import torch

BOUND = 1.0
#            name            rule            T     B    n
CASES = [
    ("n1001-b1", "decaying_hebb", 106, 1, 1001),
    ("n1001-b16", "decaying_hebb", 106, 16, 1001),
    ("n1001-b128", "decaying_hebb", 106, 128, 1001),
    ("n1001-t1006", "decaying_hebb", 1006, 1, 1001),
    ("n100-hard", "hard_bound", 200, 30, 100),
    ("n100-modulated", "neuromodulated", 200, 30, 100),
    ("n1001-oja", "oja", 106, 1, 1001),
    ("n1001-soft", "soft_bound", 106, 1, 1001),
    ("n1001-retroactive", "retroactive", 106, 1, 1001),
    ("n2048-b1", "decaying_hebb", 106, 1, 2048),
]
COMPILED = {"n1001-b1", "n1001-b16", "n100-hard"}
PARAMETERS = {
    "neuromodulated": ["modulator_weights", "modulator_bias"],
    "retroactive": ["eta", "modulator_weights", "modulator_bias"],
}


def inputs(rule, T, B, n):
    generator = torch.Generator().manual_seed(1)
    normal = lambda scale, *shape: (scale * torch.randn(*shape, generator=generator)).cuda()
    made = {
        "drive": normal(1, T, B, n),
        "w": normal(0.5 / n**0.5, n, n),
        "alpha": normal(0.5 / n**0.5, n, n),
        "eta": torch.tensor([0.05]).cuda(),
        "modulator_weights": normal(0.1 / n**0.5, n),
        "modulator_bias": normal(0.1, 1),
        "y_gradient": normal(1, T, B, n),
    }
    wanted = ["drive", "w", "alpha", "y_gradient"] + PARAMETERS.get(rule, ["eta"])
    return {name: made[name] for name in wanted}


def step(rule, p, drive, x, H, E):
    y = torch.tanh(drive + torch.bmm(x.unsqueeze(1), p["w"] + p["alpha"] * H).squeeze(1))
    xy = x.unsqueeze(2) * y.unsqueeze(1)
    if rule == "decaying_hebb":
        return y, p["eta"] * xy + (1 - p["eta"]) * H, E
    if rule == "oja":
        return y, H + p["eta"] * y.unsqueeze(1) * (x.unsqueeze(2) - y.unsqueeze(1) * H), E
    if rule == "hard_bound":
        return y, torch.clamp(H + p["eta"] * xy, -BOUND, BOUND), E
    if rule == "soft_bound":
        d = p["eta"] * xy
        return y, torch.clamp(H + d.clamp(min=0) * (BOUND - H) + d.clamp(max=0) * (H + BOUND), -BOUND, BOUND), E
    M = torch.tanh(y @ p["modulator_weights"] + p["modulator_bias"])[:, None, None]
    if rule == "neuromodulated":
        return y, torch.clamp(H + M * xy, -BOUND, BOUND), E
    return y, torch.clamp(H + M * E, -BOUND, BOUND), (1 - p["eta"]) * E + p["eta"] * xy


class PyTorch:
    """Lifetimes with all gradients, as PyTorch computes them."""

    def __init__(self, rule, data, stepper):
        self.rule, self.step = rule, stepper
        self.drive, self.cotangent = data["drive"], data["y_gradient"]
        self.leaves = {k: v.clone().requires_grad_(True) for k, v in data.items() if k not in ("drive", "y_gradient")}
        self.leaves["drive"] = self.drive.clone().requires_grad_(True)

    def run(self):
        for leaf in self.leaves.values():
            leaf.grad = None
        T, B, n = self.drive.shape
        y = torch.zeros(B, n, device="cuda", dtype=self.drive.dtype)
        H = torch.zeros(B, n, n, device="cuda", dtype=self.drive.dtype)
        E = torch.zeros(B, n, n, device="cuda", dtype=self.drive.dtype) if self.rule == "retroactive" else None
        ys = []
        for t in range(T):
            y, H, E = self.step(self.rule, self.leaves, self.leaves["drive"][t], y, H, E)
            ys.append(y)
        ys = torch.stack(ys)
        (ys * self.cotangent).sum().backward()
        return ys


def millis(run, times):
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(times):
        run()
    torch.cuda.synchronize()
    return (time.perf_counter() - start) * 1e3 / times


def peak_mib(run):
    torch.cuda.reset_peak_memory_stats()
    run()
    torch.cuda.synchronize()
    return torch.cuda.max_memory_allocated() / 2**20


class Ours:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.device = self.read().split(" ", 1)[1]

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("TimedLifetimes ended")
        return line.strip()

    def ask(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return self.read()


def copy_bandwidth():
    """Bytes a second, read and written, of a device-to-device copy of 2 GiB."""
    source = torch.empty(2**29, device="cuda").normal_()
    target = torch.empty_like(source)
    target.copy_(source)
    times = [millis(lambda: target.copy_(source), 5) for _ in range(5)]
    return 2 * source.numel() * 4 / (statistics.median(times) / 1e3)


def distance(found, expected):
    return float((found - expected).norm() / (expected.norm() + 1e-30))


def worst_disagreement(folder, data, reference):
    """Relative distance of our y and gradients from PyTorch's, the largest one."""
    read = lambda name: torch.from_numpy(np.fromfile(folder / ("found_" + name), dtype=np.float32)).cuda()
    worst = distance(read("y"), reference["y"].flatten())
    for name, leaf in reference.items():
        if name != "y":
            worst = max(worst, distance(read(name), leaf.flatten()))
    return worst


def main():
    options = argparse.ArgumentParser()
    options.add_argument("java")
    options.add_argument("out")
    options.add_argument("--commit", default="unknown")
    options.add_argument("--turns", type=int, default=5)
    options.add_argument("--without-compile", action="store_true")
    options.add_argument("--cases", default="")
    options = options.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = False
    torch._dynamo.config.cache_size_limit = 64
    compiled = torch.compile(step)
    ours = Ours(shlex.split(Path(options.java).read_text()))
    bandwidth = copy_bandwidth()
    torch.cuda.empty_cache()
    result = {
        "commit": options.commit,
        "date": time.strftime("%Y-%m-%d"),
        "device": torch.cuda.get_device_name(),
        "pytorch": torch.__version__,
        "copy_gb_s": bandwidth / 1e9,
        "turns": options.turns,
        "cases": [],
    }
    chosen = [case for case in CASES if not options.cases or case[0] in options.cases.split(",")]
    for name, rule, T, B, n in chosen:
        data = inputs(rule, T, B, n)
        row = {"case": name, "rule": rule, "steps": T, "batch": B, "neurons": n}
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            for key, value in data.items():
                value.cpu().numpy().tofile(folder / key)
            row["layout"] = ours.ask("case", rule, BOUND, T, B, n, folder)
            ours.ask("check")
            eager = PyTorch(rule, data, step)
            try:
                reference = {"y": eager.run().detach()}
                reference.update({k: v.grad for k, v in eager.leaves.items()})
                row["disagreement"] = worst_disagreement(folder, data, reference)
                if not row["disagreement"] < 1e-3:
                    raise SystemExit(f"{name}: the sides disagree by {row['disagreement']}: not timed")
                del reference
                row["pytorch_mib"] = peak_mib(eager.run)
            except torch.OutOfMemoryError:
                eager = None
                row["pytorch_out_of_memory"] = True
            torch.cuda.empty_cache()
            fast = None
            if eager and not options.without_compile and name in COMPILED:
                fast = PyTorch(rule, data, compiled)
                fast.run()
                fast.run()
            times = {"ours": [], "forward": [], "eager": [], "compiled": []}
            many = 20 if B * T < 3000 else 3
            for _ in range(options.turns):
                times["ours"].append(float(ours.ask("time", many)))
                times["forward"].append(float(ours.ask("forward", many)))
                if eager:
                    times["eager"].append(millis(eager.run, 2))
                if fast:
                    times["compiled"].append(millis(fast.run, 2))
            row["meeting_us"] = float(ours.ask("meet", 10000)) * 1e3
        for side, taken in times.items():
            if taken:
                row[side + "_ms"] = statistics.median(taken)
                row[side + "_range_ms"] = [min(taken), max(taken)]
        result["cases"].append(row)
        print(json.dumps(row), flush=True)
        del data, eager, fast
        torch.cuda.empty_cache()
        Path(options.out).write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
