/** Where results are told. Only results: a toast never says that something was merely sent. */
'use client';

import { Toaster as Sonner } from 'sonner';
import { useTheme } from './theme';

export function Toaster() {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      offset={16}
      mobileOffset={{ bottom: 88 }}
      toastOptions={{
        classNames: {
          toast: '!rounded-lg !border-line-strong !bg-raised !font-sans !text-[13px] !text-ink !shadow-2xl',
          description: '!text-mute',
          success: '[&_[data-icon]]:text-safe',
          error: '!border-danger/50 [&_[data-icon]]:text-danger',
          warning: '!border-caution/50 [&_[data-icon]]:text-caution',
        },
      }}
    />
  );
}
