/** Tailwind 4 is the one step between app/globals.css and the browser. */
export default { plugins: { '@tailwindcss/postcss': {} } };
