/** Stands in for every style sheet under Jest: a class name is its own name. */
const styles: Record<string, string> = new Proxy({}, { get: (_, name) => String(name) });

export default styles;
