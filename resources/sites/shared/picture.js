/** What the pictures of all games need. */

/** An image that is ready to be drawn. */
export async function loadImage(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

/** The number that lies `part` (0 to 1) of the way between two. */
export function between(from, to, part) {
  return from + (to - from) * part;
}

/** How far a picture is shaken, as `[right, down]`, while a `tremor` falls from 1 to 0. */
export function shake(tremor, reach) {
  return [Math.sin(tremor * 40) * tremor * reach, Math.cos(tremor * 31) * tremor * reach * 0.6];
}
