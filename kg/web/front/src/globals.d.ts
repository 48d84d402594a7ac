/** Whether this is the bundle for files and notebooks, which leaves out what only a server can answer. */
declare const __EMBEDDED__: boolean;

declare module "*?url" {
  const address: string;
  export default address;
}
