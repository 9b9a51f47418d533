/**
 * Where names stand on a map: the first ones first, each where it stands over no other.
 * @param {{x: number, y: number, width: number}[]} wanted middles, in the order of their importance
 * @param {number} width of the map
 * @returns {boolean[]} whether each has a place
 */
export function uncovered(wanted, width, height = 17, gap = 4) {
  const taken = [];
  return wanted.map(({ x, y, width: length }) => {
    const box = [x - length / 2 - gap, y - height / 2, x + length / 2 + gap, y + height / 2];
    const inside = box[0] >= 0 && box[2] <= width;
    if (!inside || taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) {
      return false;
    }
    taken.push(box);
    return true;
  });
}
