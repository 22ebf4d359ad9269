/** Lets the console be installed on a desk or a phone. */
import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Interlock',
    short_name: 'Interlock',
    description: 'Watch and stop a guarded execution engine for Interactive Brokers.',
    start_url: '/',
    display: 'standalone',
    background_color: '#0a0c0f',
    theme_color: '#101317',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}
