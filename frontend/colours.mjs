// Tabler writes its colours with light-dark(), color-mix() and oklch(): younger than the browsers
// offices use (Chromium 108). There is one theme, so everything is worked out here to plain rgb().

const FUNCTIONS = /\b(light-dark|color-mix|oklch)\(/;

/** Index of the bracket that closes the one at `open`. */
function closing(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === "(") depth += 1;
    if (text[i] === ")" && (depth -= 1) === 0) return i;
  }
  throw new Error(`unclosed bracket in ${text.slice(open, open + 80)}`);
}

/** Split at a separator outside brackets. */
function split(text, separator) {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    if (depth === 0 && char === separator) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

const toLinear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const toGamma = (c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);

function rgbToOklab({ r, g, b, a }) {
  const [lr, lg, lb] = [r, g, b].map(toLinear);
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  return {
    L: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    A: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    B: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    a,
  };
}

function oklabToRgb({ L, A, B, a }) {
  const l = (L + 0.3963377774 * A + 0.2158037573 * B) ** 3;
  const m = (L - 0.1055613458 * A - 0.0638541728 * B) ** 3;
  const s = (L - 0.0894841775 * A - 1.291485548 * B) ** 3;
  const [r, g, b] = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((c) => Math.min(1, Math.max(0, toGamma(Math.max(0, c)))));
  return { r, g, b, a };
}

/** One colour written out; null when it is not a fixed colour. */
function parseColour(text) {
  const value = text.trim().toLowerCase();
  if (value === "transparent") return { r: 0, g: 0, b: 0, a: 0 };
  if (value === "white") return { r: 1, g: 1, b: 1, a: 1 };
  if (value === "black") return { r: 0, g: 0, b: 0, a: 1 };
  const hex = value.match(/^#([0-9a-f]{3,8})$/)?.[1];
  if (hex) {
    const full = hex.length <= 4 ? [...hex].map((c) => c + c).join("") : hex;
    const [r, g, b, a] = full.match(/../g).map((pair) => parseInt(pair, 16) / 255);
    return { r, g, b, a: a ?? 1 };
  }
  const call = value.match(/^(rgba?|oklch)\((.*)\)$/);
  if (!call) return null;
  const parts = call[2].replace(/[,/]/g, " ").trim().split(/\s+/);
  if (parts.length < 3 || parts.some((part) => Number.isNaN(parseFloat(part)))) return null;
  const share = (part, whole) =>
    part.endsWith("%") ? parseFloat(part) / 100 : parseFloat(part) / whole;
  const a = parts[3] === undefined ? 1 : share(parts[3], 1);
  if (call[1] !== "oklch") {
    const [r, g, b] = parts.slice(0, 3).map((part) => share(part, 255));
    return { r, g, b, a };
  }
  const [L, C, H] = [share(parts[0], 1), parseFloat(parts[1]), (parseFloat(parts[2]) * Math.PI) / 180];
  return oklabToRgb({ L, A: C * Math.cos(H), B: C * Math.sin(H), a });
}

function write({ r, g, b, a }) {
  const [R, G, B] = [r, g, b].map((c) => Math.round(c * 255));
  return a >= 0.999 ? `rgb(${R}, ${G}, ${B})` : `rgba(${R}, ${G}, ${B}, ${Number(a.toFixed(3))})`;
}

function mix(first, second, share) {
  const alpha = first.a * share + second.a * (1 - share);
  if (alpha === 0) return { r: 0, g: 0, b: 0, a: 0 };
  const [one, two] = [rgbToOklab(first), rgbToOklab(second)];
  const blend = (key) => (one[key] * first.a * share + two[key] * second.a * (1 - share)) / alpha;
  return oklabToRgb({ L: blend("L"), A: blend("A"), B: blend("B"), a: alpha });
}

/** The value with every var() replaced that has a fixed value here. */
function resolve(value, scope, depth = 0) {
  const at = value.indexOf("var(");
  if (at < 0 || depth > 20) return value;
  const end = closing(value, at + 3);
  const [name, ...fallback] = value.slice(at + 4, end).split(",");
  const known = scope(name.trim()) ?? (fallback.length ? fallback.join(",").trim() : null);
  if (known === null) return value;
  return resolve(value.slice(0, at) + known + value.slice(end + 1), scope, depth + 1);
}

function percent(text) {
  const sum = text.replace(/^calc\((.*)\)$/, "$1");
  const product = sum.split("*").map((part) => part.trim());
  const amount = product.reduce((total, part) => total * parseFloat(part) * (part.endsWith("%") ? 0.01 : 1), 1);
  return Number.isFinite(amount) ? amount : null;
}

/** "red 20%" → colour and share. */
function operand(text) {
  const parts = split(text, " ");
  const last = parts.at(-1);
  const share = parts.length > 1 && /%|calc\(/.test(last) ? percent(last) : null;
  return { colour: flatten((share === null ? parts : parts.slice(0, -1)).join(" "), () => null), share };
}

/** A value without the young colour functions. */
export function flatten(value, scope) {
  let text = value;
  for (let match = text.match(FUNCTIONS); match; match = text.match(FUNCTIONS)) {
    const open = match.index + match[0].length - 1;
    const end = closing(text, open);
    const inside = text.slice(open + 1, end);
    text = text.slice(0, match.index) + replaced(match[1], inside, scope) + text.slice(end + 1);
  }
  return text;
}

/** "from <colour> calc(l - .06) c h": the colour, made lighter or darker. */
function relative(text) {
  const match = text.match(/^from (.+) calc\(l ([+-]) ([\d.]+)\) c h$/);
  const colour = match && parseColour(match[1]);
  if (!colour) return null;
  const lab = rgbToOklab(colour);
  return oklabToRgb({ ...lab, L: lab.L + (match[2] === "-" ? -1 : 1) * parseFloat(match[3]) });
}

function replaced(name, inside, scope) {
  if (name === "light-dark") return split(inside, ",")[0];
  if (name === "oklch") {
    const value = resolve(inside, scope);
    const colour = value.startsWith("from ") ? relative(flatten(value, scope)) : parseColour(`oklch(${value})`);
    if (!colour) throw new Error(`oklch(${inside}) is not a fixed colour`);
    return write(colour);
  }
  const [, one, two] = split(inside, ",");
  const first = operand(flatten(resolve(one, scope), scope));
  const second = operand(flatten(resolve(two, scope), scope));
  const share = first.share ?? (second.share === null ? 0.5 : 1 - second.share);
  const [a, b] = [parseColour(first.colour), parseColour(second.colour)];
  // A colour set by the element itself cannot be worked out: it is taken unmixed.
  if (!a || !b) return share === 0 ? second.colour : first.colour;
  return write(mix(a, b, Math.min(1, Math.max(0, share))));
}

const SCHEME_ONLY = /color-scheme:\s*dark|data-bs-theme=["']?dark/;

/** A whole stylesheet of flat rules (nesting already lowered), for the light theme. */
export function plainColours(css) {
  const root = new Map();
  for (const block of css.matchAll(/(^|[},])\s*(:root|:host)[^{}]*\{([^{}]*)\}/g)) {
    if (SCHEME_ONLY.test(block[0])) continue;
    for (const [name, value] of declarations(block[3])) if (name.startsWith("--")) root.set(name, value);
  }
  const pictures = css.replace(/oklch%28(.*?)%29/g, (whole, inside) =>
    encodeURIComponent(write(parseColour(`oklch(${decodeURIComponent(inside)})`))),
  );
  return pictures.replace(/\{([^{}]*)\}/g, (whole, body) => {
    if (!FUNCTIONS.test(body)) return whole;
    const own = new Map(declarations(body).filter(([name]) => name.startsWith("--")));
    const scope = (name) => {
      const value = own.get(name) ?? root.get(name);
      return value === undefined || value.includes(`var(${name}`) ? null : value;
    };
    return `{${declarations(body).map(([name, value]) => `${name}:${flatten(value, scope)}`).join(";")}}`;
  });
}

function declarations(body) {
  return split(body, ";").map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
}
