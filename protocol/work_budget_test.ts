import { assertEquals, assertThrows } from "@std/assert";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import { charge, currentBudget, withBudget, WorkBudget, WorkReserve } from "./work_budget.ts";
import { WorkLimitError, workLimits } from "./work_limits.ts";

const LIMITS = { ...workLimits(DEFAULT_LIMITS), steps: 100, models: 2 };

Deno.test("WorkBudget throws when a limit is exceeded, with free steps for each byte of the message", () => {
  const budget = new WorkBudget(LIMITS, 10);
  budget.charge("steps", 260);
  assertEquals([budget.spent("steps"), budget.left("steps"), budget.exceeded], [100, 0, undefined]);
  assertThrows(() => budget.charge("steps", 1), WorkLimitError, "more than 100 steps");
  assertThrows(() => new WorkBudget(LIMITS).charge("models", 3), WorkLimitError, "more than 2 models");
});

Deno.test("WorkBudget records an exceeded limit instead of throwing after commit()", () => {
  const budget = new WorkBudget(LIMITS);
  budget.commit();
  budget.charge("models", 3);
  budget.charge("steps", 1000);
  assertEquals([budget.exceeded?.kind, budget.spent("steps")], ["models", 1000]);
});

Deno.test("charge() charges the current budget, and does nothing without one", () => {
  const budget = new WorkBudget(LIMITS);
  charge("steps", 1e9);
  withBudget(budget, () => {
    charge("steps", 1);
    withBudget(undefined, () => charge("steps", 1e9));
    assertThrows(() => charge("steps", 1000), WorkLimitError);
  });
  assertEquals([currentBudget(), budget.spent("steps")], [undefined, 1001]);
});

Deno.test("WorkReserve refills over time", () => {
  let time = 0;
  const reserve = new WorkReserve({ savedSteps: 100, stepsPerSecond: 10 }, () => time);
  assertEquals([reserve.take(100), reserve.take(0), reserve.take(1)], [true, true, false]);
  time = 1000;
  assertEquals([reserve.take(9), reserve.take(1)], [true, false]);
  time = 1e9;
  assertEquals([reserve.take(100), reserve.take(1)], [true, false]);
});
