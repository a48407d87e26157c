const config = { plugins: { "@tailwindcss/postcss": {} } };

// biome-ignore lint/style/noDefaultExport: PostCSS reads its settings from the default export
export default config;
