// What an attribute may be. Texts come from others: whatever doesn't fit becomes the default, so
// that no address, style or size of a hostile text ever reaches the page.
export interface AttributeType {
  type: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
}

const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const SLUG = /^[a-z_]{1,30}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ADDRESS = /^(https?:\/\/|mailto:)[^\s]+$/i;
// One slash: two would name another host, and so would a backslash.
const PATH = /^\/(?![/\\])[^\s\\]*$/;

type Cleaner = (value: unknown, type: AttributeType) => unknown;

const matching =
  (pattern: RegExp): Cleaner =>
  (value, { maximum = 2000 }) =>
    typeof value === "string" && value.length <= maximum && pattern.test(value) ? value : undefined;

const cleaners: Record<string, Cleaner> = {
  integer: (value, { minimum = 0, maximum = Infinity }) => {
    const number = typeof value === "string" ? Number.parseInt(value, 10) : value;
    const fits = Number.isInteger(number) && Number(number) >= minimum && Number(number) <= maximum;
    return fits ? number : undefined;
  },
  boolean: (value) => (typeof value === "boolean" ? value : value === "true" || undefined),
  text: (value, { maximum = 1000 }) =>
    typeof value === "string" ? value.slice(0, maximum) : undefined,
  language: matching(LANGUAGE),
  uuid: matching(UUID),
  slug: matching(SLUG),
  address: matching(ADDRESS),
  path: matching(PATH),
  // Widths of columns aren't shown: a table takes the room that its words need.
  widths: () => undefined,
};

export function clean(value: unknown, type: AttributeType): unknown {
  return cleaners[type.type]?.(value, type) ?? type.default ?? null;
}

/** What a person types as an address: a bare host or a mail address is what he means. */
export function address(typed: string): string | null {
  const text = typed.trim();
  if (ADDRESS.test(text)) return text;
  if (/^[^\s@/:]+@[^\s@]+\.[^\s@]+$/.test(text)) return `mailto:${text}`;
  if (/^[^\s/:@]+\.[^\s/:@]{2,}(\/\S*)?$/.test(text)) return `https://${text}`;
  return null;
}
