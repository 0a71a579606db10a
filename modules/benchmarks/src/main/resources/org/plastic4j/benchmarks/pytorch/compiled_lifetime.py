"""Whole plastic lifetimes with all gradients, by a step that torch.compile has compiled.

compiled_lifetime.py check      compiles a small function; the answer is the versions
compiled_lifetime.py FOLDER     reads case.json and the tensors (NAME.f32) in FOLDER, then answers each line of its input:
    run                         computes the first batch; the answer is the milliseconds that it took
    results FROM TO             computes these lifetimes, writes out-NAME.f32; the answer is "done"
"""

import json
import os
import platform
import sys
import time

import torch


def rules(bound):
    """The next traces by rule. Traces h, e [B, n, n]; pre-synaptic x [B, n, 1], post-synaptic y [B, 1, n]."""

    def clip(h):
        return torch.clamp(h, -bound, bound)

    def signal(y, m, c):
        return torch.tanh(y @ m + c).unsqueeze(2)

    def decaying_hebb(h, e, x, y, eta):
        return (1 - eta) * h + eta * (x * y), e

    def oja(h, e, x, y, eta):
        return h + eta * y * (x - y * h), e

    def hard_bound(h, e, x, y, eta):
        return clip(h + eta * (x * y)), e

    def soft_bound(h, e, x, y, eta):
        change = eta * (x * y)
        return clip(h + torch.clamp(change, min=0) * (bound - h) + torch.clamp(change, max=0) * (h + bound)), e

    def modulated(h, e, x, y, eta, m, c):
        return clip(h + x * (signal(y, m, c) * y)), e

    def fanout(h, e, x, y, eta, m, c, f, g):
        return clip(h + x * ((signal(y, m, c) * f + g) * y)), e

    def retroactive(h, e, x, y, eta, m, c):
        return clip(h + signal(y, m, c) * e), (1 - eta) * e + eta * (x * y)

    def abcd(h, e, x, y, eta, A, B, C, D):
        return clip(h + eta * (A * (x * y) + B * x + C * y + D)), e

    def stpn(h, e, x, y, eta, lam, gam):
        return lam * h + gam * (x * y), e

    return {
        rule.__name__: rule
        for rule in (decaying_hebb, oja, hard_bound, soft_bound, modulated, fanout, retroactive, abcd, stpn)
    }


class Case:
    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
            case = json.load(file)
        torch.set_num_threads(case["threads"])
        self.batch = case["batch"]
        self.tensors = {name: self.read(name, shape) for name, shape in case["shapes"].items()}
        self.parameters = [self.tensors[name] for name in case["parameters"]]
        self.leaves = {name: self.tensors[name].requires_grad_() for name in case["leaves"]}
        self.clamped = "clamp" in self.tensors
        self.retroactive = case["rule"] == "retroactive"
        following = rules(case["bound"])[case["rule"]]
        clamped = self.clamped

        def step(y, h, e, u, clamp, value, w, alpha, eta, *own):
            now = torch.tanh(y @ (w + alpha * h) + u)
            if clamped:
                now = clamp * value + (1 - clamp) * now
            h, e = following(h, e, y.transpose(1, 2), now, eta, *own)
            return now, h, e

        # Whole or not at all, so that no part of it is silently left to eager mode.
        self.step = torch.compile(step, fullgraph=True, dynamic=False)

    def read(self, name, shape):
        count = 1
        for size in shape:
            count *= size
        path = os.path.join(self.folder, name + ".f32")
        return torch.from_file(path, size=count, dtype=torch.float32).reshape(shape).clone()

    def write(self, name, tensor):
        path = os.path.join(self.folder, "out-" + name + ".f32")
        file = torch.from_file(path, shared=True, size=tensor.numel(), dtype=torch.float32)
        file.copy_(tensor.detach().reshape(-1))

    def slices(self, start, stop):
        """Inputs of these lifetimes: one tensor [B, 1, n] a step, and the weights of the objective."""
        steps = {
            name: self.tensors[name][:, start:stop].unsqueeze(2).contiguous().unbind()
            for name in (("u", "clamp", "value") if self.clamped else ("u",))
        }
        y_cot = self.tensors["y_cot"][:, start:stop].unsqueeze(2).contiguous()
        return steps, y_cot, self.tensors["hebb_cot"][start:stop].contiguous()

    def compute(self, inputs):
        steps, y_cot, hebb_cot = inputs
        batch, n = hebb_cot.shape[0], hebb_cot.shape[1]
        y = torch.zeros(batch, 1, n)
        h = torch.zeros(batch, n, n)
        e = torch.zeros(batch, n, n) if self.retroactive else None
        ys = []
        for t, u in enumerate(steps["u"]):
            clamp, value = (steps["clamp"][t], steps["value"][t]) if self.clamped else (None, None)
            y, h, e = self.step(y, h, e, u, clamp, value, *self.parameters)
            ys.append(y)
        ys = torch.stack(ys)
        objective = (ys * y_cot).sum() + (h * hebb_cot).sum()
        return ys, h, torch.autograd.grad(objective, list(self.leaves.values()))

    def answer(self):
        first = self.slices(0, self.batch)
        for line in sys.stdin:
            words = line.split()
            if words[0] == "run":
                start = time.perf_counter()
                self.compute(first)
                print(1e3 * (time.perf_counter() - start), flush=True)
            else:
                y, h, gradients = self.compute(self.slices(int(words[1]), int(words[2])))
                self.write("y", y)
                self.write("hebb", h)
                for name, gradient in zip(self.leaves, gradients):
                    self.write("grad_" + name, gradient)
                print("done", flush=True)


def check():
    compiled = torch.compile(lambda x: torch.tanh(x) + 1, fullgraph=True)
    compiled(torch.ones(64))
    print("PyTorch", torch.__version__.split("+")[0] + ", Python", platform.python_version(), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "check":
        check()
    else:
        Case(sys.argv[1]).answer()
