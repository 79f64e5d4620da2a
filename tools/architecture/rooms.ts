/**
 * The table of ARCHITECTURE.md: which room may import which.
 *
 * @module
 */

/** What a room may import. */
export interface Room {
  /** Rooms by name: whether only their types. */
  readonly imports: ReadonlyMap<string, { typesOnly: boolean }>;
  /** Whether the table says "anything". */
  readonly anything: boolean;
}

/** Reads the table out of the page's Markdown. */
export function readRooms(markdown: string): Map<string, Room> {
  const rooms = new Map<string, Room>();
  for (const line of markdown.split("\n")) {
    const cells = line.split("|").slice(1, -1).map((cell) => cell.trim());
    const names = [...(cells[0] ?? "").matchAll(/`([^`]+?)\/?`/g)].map((match) => match[1]!);
    if (cells.length !== 3 || names.length === 0) continue;
    const room = { imports: readImports(cells[2]!), anything: cells[2] === "anything" };
    for (const name of names) rooms.set(name, room);
  }
  return rooms;
}

/** Whether the table lets a file of one room import a file of another. */
export function isImportAllowed(rooms: Map<string, Room>, from: string, to: string, typeOnly: boolean): boolean {
  const room = rooms.get(from);
  if (from === to || room?.anything) return true;
  const allowed = room?.imports.get(to);
  return allowed !== undefined && (typeOnly || !allowed.typesOnly);
}

function readImports(cell: string): Map<string, { typesOnly: boolean }> {
  const imports = new Map<string, { typesOnly: boolean }>();
  for (const item of cell.split(",")) {
    const match = /^`?([a-z]+)\/?`?( \(types\))?$/.exec(item.trim());
    if (match !== null) imports.set(match[1]!, { typesOnly: match[2] !== undefined });
  }
  return imports;
}
