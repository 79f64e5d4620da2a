/**
 * Lint rules of this project, in addition to those of `deno lint`.
 *
 * @module
 */

import { errorMessageProblem } from "./error_message.ts";

/** Folders whose files may print to the console: programs, checks, tests and benches. */
const PRINTING_FOLDERS = ["cli", "tools", "tests", "bench", "examples", "docs", "browser"];

/** The greatest number of lines of a function. Tests have no limit. */
const MAX_FUNCTION_LINES = 80;

const noConsole: Deno.lint.Rule = {
  create(context) {
    const folders = context.filename.split(/[\\/]/).slice(0, -1);
    if (isTest(context.filename) || PRINTING_FOLDERS.some((folder) => folders.includes(folder))) return {};
    return {
      'MemberExpression[object.name="console"]'(node) {
        context.report({
          node,
          message: "Library code does not print to the console",
          hint: "Log with getLogger of @logtape/logtape",
        });
      },
    };
  },
};

const errorMessage: Deno.lint.Rule = {
  create(context) {
    if (isTest(context.filename)) return {};
    return {
      "NewExpression[callee.name=/Error$/]"(node: Deno.lint.NewExpression) {
        const text = leadingText(node.arguments[0]);
        const problem = text === undefined ? undefined : errorMessageProblem(text.head, text.tail);
        if (problem !== undefined) context.report({ node, message: problem });
      },
    };
  },
};

const noTopLevelArrow: Deno.lint.Rule = {
  create(context) {
    const check = (node: Deno.lint.VariableDeclarator) => {
      // If the variable has a declared type, an arrow function infers its parameter types from it.
      const isTyped = node.id.type === "Identifier" && node.id.typeAnnotation !== undefined;
      if (isTyped || node.init?.type !== "ArrowFunctionExpression") return;
      context.report({ node, message: "A function at the top level of a module is a function declaration" });
    };
    return {
      "Program > VariableDeclaration > VariableDeclarator": check,
      "ExportNamedDeclaration > VariableDeclaration > VariableDeclarator": check,
    };
  },
};

const snakeCaseFile: Deno.lint.Rule = {
  create(context) {
    const name = context.filename.split(/[\\/]/).at(-1) ?? "";
    if (/^_?[a-z0-9]+(_[a-z0-9]+)*(\.d)?\.[jt]sx?$/.test(name)) return {};
    return {
      Program(node) {
        context.report({ node, message: `Expected a file name in snake_case: ${name}` });
      },
    };
  },
};

const noTestSleep: Deno.lint.Rule = {
  create(context) {
    if (!isTest(context.filename)) return {};
    const report = (node: Deno.lint.Node) =>
      context.report({
        node,
        message: "A test does not sleep",
        hint: "Await the event that the test needs, or advance a fake clock",
      });
    return {
      'AwaitExpression > CallExpression[callee.name="delay"]': report,
      'NewExpression[callee.name="Promise"] > ArrowFunctionExpression > CallExpression[callee.name="setTimeout"]':
        report,
    };
  },
};

const privateFields: Deno.lint.Rule = {
  create(context) {
    const report = (node: Deno.lint.Node) => context.report({ node, message: "Expected a private member with #name" });
    return {
      'PropertyDefinition[accessibility="private"]': report,
      'MethodDefinition[accessibility="private"]': report,
      TSParameterProperty(node) {
        // The syntax tree does not contain the accessibility keyword of a constructor parameter.
        if (/\bprivate\s/.test(context.sourceCode.getText(node))) report(node);
      },
    };
  },
};

const shortFunction: Deno.lint.Rule = {
  create(context) {
    if (isTest(context.filename)) return {};
    const check = (node: Deno.lint.Node) => {
      const lines = context.sourceCode.getText(node).split("\n").length;
      if (lines > MAX_FUNCTION_LINES) {
        context.report({ node, message: `A function has at most ${MAX_FUNCTION_LINES} lines, this one has ${lines}` });
      }
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
};

const reasonedIgnore: Deno.lint.Rule = {
  create(context) {
    return {
      "Program:exit"() {
        for (const comment of context.sourceCode.getAllComments()) {
          const bare = /^\s*deno-lint-ignore(-file)?\b(?!.*--\s*\S)/.test(comment.value) ||
            /^\s*@ts-(expect-error|ignore|nocheck)\s*$/.test(comment.value);
          if (bare) context.report({ range: comment.range, message: "A suppression has a reason after --" });
          if (/\b(TODO|FIXME|XXX)\b/.test(comment.value)) {
            context.report({
              range: comment.range,
              message: "Open tasks belong in the issue tracker, not in comments",
            });
          }
        }
      },
    };
  },
};

function isTest(filename: string): boolean {
  return /_test\.tsx?$/.test(filename);
}

/**
 * Returns the text of a string literal or template.
 *
 * In `head`, each computed part is "…"; `tail` is the literal text after the last computed part. Returns `undefined`
 * for other expressions.
 */
function leadingText(node: Deno.lint.Node | undefined): { head: string; tail: string } | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return { head: node.value, tail: node.value };
  if (node?.type === "TemplateLiteral") {
    const texts = node.quasis.map((quasi) => quasi.cooked ?? "");
    return { head: texts.join("…"), tail: texts.at(-1) ?? "" };
  }
  return undefined;
}

const plugin: Deno.lint.Plugin = {
  name: "bokeh-server",
  rules: {
    "error-message": errorMessage,
    "no-console": noConsole,
    "no-test-sleep": noTestSleep,
    "no-top-level-arrow": noTopLevelArrow,
    "private-fields": privateFields,
    "reasoned-ignore": reasonedIgnore,
    "short-function": shortFunction,
    "snake-case-file": snakeCaseFile,
  },
};

export default plugin;
