/** Nodes as shapes: one WebGL program for all, so that a graph of ten thousand is still one draw call. */

import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import type { Theme } from "./theme";

/** What this program reads of a node beside what sigma knows. */
export interface NodeLook extends NodeDisplayData {
  /** Index into SHAPES. */
  shape: number;
  pinned?: boolean;
  /** A ring around the chosen one. */
  ringed?: boolean;
}

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_marks;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_resolution;
uniform float u_scale;
uniform float u_pixel;
varying vec4 v_color;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
varying float v_marks;

void main() {
  float radius = a_size * u_scale;
  // A ring needs more room; without one every pixel spared counts where software draws ten thousand shapes.
  float reach = radius * 1.32 + (a_marks > 1.5 ? 6.5 : 2.5) * u_pixel;
  v_at = a_corner * reach;
  vec2 center = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(center + v_at * 2.0 / u_resolution, 0.0, 1.0);
  v_radius = radius;
  v_shape = a_shape;
  v_marks = a_marks;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
varying float v_marks;
uniform vec3 u_ground;
uniform vec3 u_ink;
uniform float u_dark;
uniform float u_pixel;

float polygon(vec2 p, float r, float sides, float turn) {
  float step = 6.2831853 / sides;
  float angle = atan(p.x, p.y) + turn;
  return cos(floor(0.5 + angle / step) * step - angle) * length(p) - r;
}

float star(vec2 p, float r) {
  const vec2 k1 = vec2(0.809016994, -0.587785252);
  const vec2 k2 = vec2(-0.809016994, -0.587785252);
  p.x = abs(p.x);
  p -= 2.0 * max(dot(k1, p), 0.0) * k1;
  p -= 2.0 * max(dot(k2, p), 0.0) * k2;
  p.x = abs(p.x);
  p.y -= r;
  vec2 ba = 0.48 * vec2(0.587785252, 0.809016994) - vec2(0.0, 1.0);
  float h = clamp(dot(p, ba) / dot(ba, ba), 0.0, r);
  return length(p - ba * h) * sign(p.y * ba.x - p.x * ba.y);
}

/* Every shape covers about the area of the circle, so that none looks more important. */
float outline(vec2 p, float r) {
  if (v_shape < 0.5) return length(p) - r;
  if (v_shape < 1.5) { vec2 q = abs(p) - r * 0.8; return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - r * 0.08; }
  if (v_shape < 2.5) return polygon(p + vec2(0.0, r * 0.12), r * 0.68, 3.0, 3.14159265);
  if (v_shape < 3.5) return (abs(p.x) + abs(p.y) - r * 1.25) * 0.70710678;
  if (v_shape < 4.5) return star(p, r * 1.32);
  return polygon(p, r * 0.92, 6.0, 0.0);
}

void main() {
  float d = outline(v_at, v_radius);
  #ifdef PICKING_MODE
  if (d > 3.0 * u_pixel) discard;
  gl_FragColor = v_color;
  #else
  float soft = 0.7;
  vec3 edge = u_dark > 0.5 ? mix(v_color.rgb, vec3(1.0), 0.35) : v_color.rgb * 0.66;
  float inside = 1.0 - smoothstep(-soft, soft, d);
  float core = 1.0 - smoothstep(-soft, soft, d + 1.4 * u_pixel);
  vec3 colour = mix(edge, v_color.rgb, core);
  float pinned = mod(v_marks, 2.0) > 0.5 ? 1.0 : 0.0;
  float dot_ = pinned * (1.0 - smoothstep(-soft, soft, length(v_at) - max(2.0 * u_pixel, v_radius * 0.3)));
  colour = mix(colour, u_ground, dot_);
  float gap = 1.0 - smoothstep(-soft, soft, d - 1.6 * u_pixel);
  float ringed = v_marks > 1.5 ? 1.0 : 0.0;
  float ring = ringed * (1.0 - smoothstep(-soft, soft, abs(d - 3.6 * u_pixel) - 1.1 * u_pixel));
  vec4 under = mix(vec4(u_ground, 1.0) * gap, vec4(u_ink, 1.0), ring);
  gl_FragColor = mix(under, vec4(colour, 1.0), inside);
  #endif
}
`;

const UNIFORMS = ["u_matrix", "u_resolution", "u_scale", "u_ground", "u_ink", "u_dark", "u_pixel"] as const;

/** The program, drawing in the colours of the theme that `theme` returns at the time. */
export function shapeProgram(theme: () => Theme) {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGL2RenderingContext;
  return class extends NodeProgram<(typeof UNIFORMS)[number]> {
    getDefinition() {
      return {
        VERTICES: 4,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLE_STRIP as 5,
        UNIFORMS,
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_shape", size: 1, type: FLOAT },
          { name: "a_marks", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
        CONSTANT_DATA: [[-1, -1], [1, -1], [-1, 1], [1, 1]],
      };
    }

    processVisibleItem(nodeIndex: number, start: number, data: NodeDisplayData): void {
      const { shape, pinned, ringed } = data as NodeLook;
      const array = this.array;
      array[start] = data.x;
      array[start + 1] = data.y;
      array[start + 2] = data.size;
      array[start + 3] = shape;
      array[start + 4] = Number(pinned ?? false) + 2 * Number(ringed ?? false);
      array[start + 5] = floatColor(data.color);
      array[start + 6] = nodeIndex;
    }

    setUniforms(params: RenderParams, { gl, uniformLocations: at }: ProgramInfo): void {
      const { ground, ink, dark } = theme();
      const pixel = params.pixelRatio;
      gl.uniformMatrix3fv(at["u_matrix"]!, false, params.matrix);
      gl.uniform2f(at["u_resolution"]!, params.width * pixel, params.height * pixel);
      gl.uniform1f(at["u_scale"]!, pixel / params.sizeRatio);
      gl.uniform1f(at["u_pixel"]!, pixel);
      gl.uniform1f(at["u_dark"]!, Number(dark));
      gl.uniform3fv(at["u_ground"]!, rgb(ground));
      gl.uniform3fv(at["u_ink"]!, rgb(ink));
    }
  };
}

function rgb(colour: string): [number, number, number] {
  const at = (place: number): number => parseInt(colour.slice(place, place + 2), 16) / 255;
  return [at(1), at(3), at(5)];
}
