/** Drawing the outlines on a canvas. */

import type { Camera, Size } from "./mercator";
import type { Outline } from "./outlines";

/** Colours as the page's theme has them now. */
export type Ink = { sea: string; land: string; line: string };

/** The colours that the style sheet gives an element. */
export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return { sea: read("--sea"), land: read("--land"), line: read("--shore") };
}

/** Draw what the camera sees, as sharp as the screen is. */
export function draw(canvas: HTMLCanvasElement, outlines: Outline[], camera: Camera, size: Size, ink: Ink): void {
  const density = Math.min(devicePixelRatio || 1, 2);
  fit(canvas, size, density);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = ink.sea;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const scale = camera.scale * density;
  context.setTransform(
    scale, 0, 0, scale, (size.width / 2) * density - camera.x * scale, (size.height / 2) * density - camera.y * scale,
  );
  context.fillStyle = ink.land;
  context.strokeStyle = ink.line;
  context.lineWidth = 0.8 / camera.scale;
  for (const outline of outlines) {
    if (!seen(outline, camera, size)) continue;
    context.fill(outline.path);
    context.stroke(outline.path);
  }
}

function fit(canvas: HTMLCanvasElement, { width, height }: Size, density: number): void {
  const [wide, high] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
}

function seen(outline: Outline, { x, y, scale }: Camera, { width, height }: Size): boolean {
  const [wide, high] = [width / 2 / scale, height / 2 / scale];
  return outline.left < x + wide && outline.right > x - wide && outline.top < y + high && outline.bottom > y - high;
}
