/** Maximum length of the text of an IPv6 address, which may end with an IPv4 address. */
const MAX_LENGTH = 45;

/**
 * Returns the key under which limits per address count an address. An IPv6 address counts as its
 * /64 network, because one client can use all addresses of its network. An IPv4 address in IPv6
 * notation (`::ffff:10.0.0.1`) counts as IPv4.
 *
 * @param address The address, with or without a zone (`%eth0`). Other text is returned unchanged.
 */
export function addressGroup(address: string): string {
  const text = address.split("%", 1)[0]!;
  const url = text.includes(":") && text.length <= MAX_LENGTH ? URL.parse(`http://[${text}]`) : null;
  if (url === null) return address;
  const [head = "", tail] = url.hostname.slice(1, -1).split("::");
  const [first, last] = [numbersOf(head), numbersOf(tail ?? "")];
  const numbers = tail === undefined
    ? first
    : [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
  const isIPv4 = numbers.slice(0, 5).every((number) => number === 0) && numbers[5] === 0xffff;
  if (isIPv4) return numbers.slice(6).flatMap((number) => [number >> 8, number & 0xff]).join(".");
  return `${numbers.slice(0, 4).map((number) => number.toString(16)).join(":")}::/64`;
}

function numbersOf(text: string): number[] {
  return text === "" ? [] : text.split(":").map((part) => parseInt(part, 16));
}
