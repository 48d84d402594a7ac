/**
 * Edges whose line tells their modality: solid, dashed, dotted, double, crossed; an arrow at the object's end. Edges
 * between the same two things run side by side, in lanes. Everything is worked out in pixels of the screen.
 */

import { EdgeProgram, type ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { LANE } from "./lanes";

/** What this program reads of an edge beside what sigma knows. */
export interface EdgeLook extends EdgeDisplayData {
  /** Index into LINES. */
  line: number;
  /** How many lanes to the left of the middle, seen from source to target; may be half and negative. */
  lane: number;
}


const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_start;
attribute vec2 a_end;
attribute float a_size;
attribute float a_radius;
attribute float a_line;
attribute float a_lane;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_resolution;
uniform float u_scale;
uniform float u_pixel;
varying vec4 v_color;
varying vec2 v_at;
varying float v_length;
varying float v_size;
varying float v_line;
varying float v_far;

void main() {
  vec2 start = (u_matrix * vec3(a_start, 1.0)).xy * u_resolution * 0.5;
  vec2 end = (u_matrix * vec3(a_end, 1.0)).xy * u_resolution * 0.5;
  vec2 along = end - start;
  float whole = max(length(along), 0.001);
  along /= whole;
  vec2 across = vec2(-along.y, along.x);
  float radius = a_radius * u_scale;
  float lane = a_lane * ${LANE.toFixed(1)} * u_pixel;
  float shortened = max(whole - radius - 2.5 * u_pixel, 0.0);
  // Seen from afar lines and arrows grow smaller, though less than what they join.
  float far = clamp(u_scale / u_pixel * 1.15, 0.72, 1.0);
  float half_ = a_size * 0.5 * u_pixel + 5.0 * u_pixel;
  v_at = vec2(a_corner.x * shortened, a_corner.y * half_);
  v_length = shortened;
  v_size = a_size * u_pixel * far;
  v_far = far;
  v_line = a_line;
  vec2 place = start + along * v_at.x + across * (v_at.y + lane);
  gl_Position = vec4(place * 2.0 / u_resolution, 0.0, 1.0);
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
varying float v_length;
varying float v_size;
varying float v_line;
varying float v_far;
uniform float u_pixel;

float dashes(float at, float on, float off) {
  float m = mod(at, on + off);
  return smoothstep(-0.5, 0.5, m) * (1.0 - smoothstep(on - 0.5, on + 0.5, m));
}

void main() {
  float p = u_pixel;
  float y = abs(v_at.y);
  float left = v_length - v_at.x;
  float head = min((8.5 * p + v_size) * v_far, v_length * 0.5);
  float wing = left * (0.36 + 0.12 * v_size / (8.5 * p));
  #ifdef PICKING_MODE
  if (y > v_size * 0.5 + 4.0 * p) discard;
  gl_FragColor = v_color;
  #else
  float width = v_size * 0.5;
  float body = 1.0 - smoothstep(width - 0.5, width + 0.5, y);
  if (v_line > 4.5) {
    float slant = mod(v_at.x - v_at.y * 0.6, 22.0 * p) - 11.0 * p;
    float tick = (1.0 - smoothstep(0.6 * p, 1.3 * p, abs(slant))) * (1.0 - smoothstep(4.0 * p, 4.7 * p, y));
    body = max(body, tick);
  } else if (v_line > 3.5) {
    body = 1.0 - smoothstep(0.3 * p, 0.9 * p, abs(y - 1.7 * p));
  } else if (v_line > 2.5) body *= dashes(v_at.x, 1.8 * p, 4.2 * p);
  else if (v_line > 1.5) body *= dashes(v_at.x, 6.0 * p, 4.5 * p);
  else if (v_line > 0.5) body *= dashes(v_at.x, 14.0 * p, 4.0 * p);
  float arrow = left < head ? 1.0 - smoothstep(wing - 0.6, wing + 0.6, y) : 0.0;
  float cover = left < head * 0.7 ? arrow : max(body, arrow);
  gl_FragColor = vec4(v_color.rgb, 1.0) * cover * v_color.a;
  #endif
}
`;

const UNIFORMS = ["u_matrix", "u_resolution", "u_scale", "u_pixel"] as const;

export function lineProgram() {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGL2RenderingContext;
  return class extends EdgeProgram<(typeof UNIFORMS)[number]> {
    getDefinition() {
      return {
        VERTICES: 4,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLE_STRIP as 5,
        UNIFORMS,
        ATTRIBUTES: [
          { name: "a_start", size: 2, type: FLOAT },
          { name: "a_end", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_radius", size: 1, type: FLOAT },
          { name: "a_line", size: 1, type: FLOAT },
          { name: "a_lane", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
        CONSTANT_DATA: [[0, -1], [1, -1], [0, 1], [1, 1]],
      };
    }

    processVisibleItem(
      edgeIndex: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData,
    ): void {
      const { line, lane } = data as EdgeLook;
      const array = this.array;
      array[start] = source.x;
      array[start + 1] = source.y;
      array[start + 2] = target.x;
      array[start + 3] = target.y;
      array[start + 4] = data.size;
      array[start + 5] = target.size;
      array[start + 6] = line;
      array[start + 7] = lane;
      array[start + 8] = floatColor(data.color);
      array[start + 9] = edgeIndex;
    }

    setUniforms(params: RenderParams, { gl, uniformLocations: at }: ProgramInfo): void {
      const pixel = params.pixelRatio;
      gl.uniformMatrix3fv(at["u_matrix"]!, false, params.matrix);
      gl.uniform2f(at["u_resolution"]!, params.width * pixel, params.height * pixel);
      gl.uniform1f(at["u_scale"]!, pixel / params.sizeRatio);
      gl.uniform1f(at["u_pixel"]!, pixel);
    }
  };
}
