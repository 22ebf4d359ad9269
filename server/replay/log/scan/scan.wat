;; Finds words in bytes, checks those that come by the million, and counts lines on the way. Sixteen bytes a step (the "Teddy" of Hyperscan):
;; three bytes of a word, each looked up by its two halves in a table of eight sets of words; where all agree, eight bytes are compared.
;;
;;     0  six tables of sixteen sets: low and high half of the first, second and third byte
;;    96  the form of a time stamp: the lowest of each of its sixteen characters, and (at 112) how far each may be above it
;;   128  a multiplier that gives each word's first eight bytes a slot of its own
;;  1024  words, 32 bytes each: the hit that waits (as in the list below; 0: none), the steps of its whole text, the steps of a plain line
;;        of it (0: it has none), where the name stands that it is about (0: it names none; -1: it rests on nothing), its number
;;  4096  256 slots, 16 bytes each: the first eight bytes of a word, and where in the list above it is
;;  8192  steps, 32 bytes each: what to do, how many, which byte; from 16 on a text
;; 65536  hits, 16 bytes each: where, which word (plus 256 where its line begins as a time stamp does), lines before it, where its line begins
(module
  (memory (export "memory") 82)
  (global $out (mut i32) (i32.const 0))
  ;; of the last hit whose line was looked for: where it was, and where its line began
  (global $knownAt (mut i32) (i32.const 0))
  (global $knownStart (mut i32) (i32.const 0))

  ;; The end of what the steps describe, or 0.
  (func $behind (param $step i32) (param $at i32) (result i32)
    (local $bytes v128) (local $n i32) (local $from i32)
    (loop $next
      (local.set $n (i32.load8_u offset=1 (local.get $step)))
      (block $skip (block $unless (block $may (block $run (block $text (block $end
        (br_table $end $text $run $may $unless $skip (i32.load8_u (local.get $step))))
        ;; end
        (return (local.get $at)))
      ;; text: these bytes
      (local.set $from (i32.sub (i32.shl (i32.const 1) (local.get $n)) (i32.const 1)))
      (if (i32.ne (local.get $from) (i32.and (local.get $from) (i8x16.bitmask
            (i8x16.eq (v128.load (local.get $at)) (v128.load offset=16 (local.get $step))))))
        (then (return (i32.const 0))))
      (local.set $at (i32.add (local.get $at) (local.get $n)))
      (local.set $step (i32.add (local.get $step) (i32.const 32)))
      (br $next))
      ;; run: one digit or more; or (n = 1) letters and _ too
      (local.set $from (local.get $at))
      (loop $more
        (local.set $bytes (v128.load (local.get $at)))
        (local.set $bytes (v128.or
          (i8x16.le_u (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 48))) (i8x16.splat (i32.const 9)))
          (v128.and (i8x16.splat (i32.sub (i32.const 0) (local.get $n))) (v128.or
            (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 95)))
            (i8x16.le_u
              (i8x16.sub (v128.or (local.get $bytes) (i8x16.splat (i32.const 32))) (i8x16.splat (i32.const 97)))
              (i8x16.splat (i32.const 25)))))))
        (local.set $at (i32.add (local.get $at)
          (i32.ctz (i32.xor (i32.const -1) (i8x16.bitmask (local.get $bytes))))))
        (br_if $more (i8x16.all_true (local.get $bytes))))
      (if (i32.eq (local.get $at) (local.get $from)) (then (return (i32.const 0))))
      (local.set $step (i32.add (local.get $step) (i32.const 32)))
      (br $next))
      ;; may: this byte, or not
      (local.set $at (i32.add (local.get $at)
        (i32.eq (i32.load8_u (local.get $at)) (i32.load8_u offset=2 (local.get $step)))))
      (local.set $step (i32.add (local.get $step) (i32.const 32)))
      (br $next))
      ;; unless this byte stands here, skip
      (if (i32.eq (i32.load8_u (local.get $at)) (i32.load8_u offset=2 (local.get $step)))
        (then (local.set $n (i32.const 0)))))
      ;; skip n steps
      (local.set $step (i32.add (local.get $step) (i32.shl (i32.add (local.get $n) (i32.const 1)) (i32.const 5))))
      (br $next))
    (unreachable))

  ;; Where the line of a hit begins: looked for backwards, no further than the hit before.
  (func $start (param $at i32) (result i32)
    (local $to i32) (local $ends i32)
    (local.set $to (local.get $at))
    (block $found
      (loop $back
        (br_if $found (i32.le_u (local.get $to) (global.get $knownAt)))
        (local.set $to (i32.sub (local.get $to) (i32.const 16)))
        (local.set $ends (i8x16.bitmask (i8x16.eq (v128.load (local.get $to)) (i8x16.splat (i32.const 10)))))
        (br_if $back (i32.eqz (local.get $ends)))
        (local.set $to (i32.sub (i32.add (local.get $to) (i32.const 32)) (i32.clz (local.get $ends))))
        (if (i32.gt_u (local.get $to) (global.get $knownAt)) (then (global.set $knownStart (local.get $to))))))
    (global.set $knownAt (local.get $at))
    (global.get $knownStart))

  (func $sum (param $bytes v128) (result i32)
    (local $four v128)
    (local.set $four (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $bytes))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $four)) (i32x4.extract_lane 1 (local.get $four)))
      (i32.add (i32x4.extract_lane 2 (local.get $four)) (i32x4.extract_lane 3 (local.get $four)))))

  (func $put (param $hit v128)
    (v128.store (global.get $out) (local.get $hit))
    (global.set $out (i32.add (global.get $out) (i32.const 16))))

  ;; What waits goes into the list.
  (func $release (param $words i32)
    (local $word i32)
    (local.set $word (i32.const 1024))
    (loop $next
      (if (i32.load (local.get $word)) (then
        (call $put (v128.load (local.get $word)))
        (i32.store (local.get $word) (i32.const 0))))
      (local.set $word (i32.add (local.get $word) (i32.const 32)))
      (br_if $next (i32.lt_u (local.get $word) (local.get $words)))))

  ;; Two lines of a word that are about two names.
  (func $differ (param $one i32) (param $other i32) (result i32)
    (local $byte i32)
    (loop $next
      (local.set $byte (i32.load8_u (local.get $one)))
      (if (i32.ne (local.get $byte) (i32.load8_u (local.get $other))) (then (return (i32.const 1))))
      (local.set $one (i32.add (local.get $one) (i32.const 1)))
      (local.set $other (i32.add (local.get $other) (i32.const 1)))
      (br_if $next (i32.ne (local.get $byte) (i32.const 32))))
    (i32.const 0))

  ;; A plain line waits until another takes its place; anything else is told, after all that waits.
  (func $hit (param $word i32) (param $at i32) (param $line i32) (param $plainTo i32) (param $words i32)
    (local $start i32) (local $stamped i32) (local $subject i32) (local $hit v128)
    (if (i32.eqz (call $behind (i32.load offset=16 (local.get $word)) (local.get $at))) (then (return)))
    (local.set $start (call $start (local.get $at)))
    (local.set $stamped (i8x16.all_true (i8x16.le_u
      (i8x16.sub (v128.load (local.get $start)) (v128.load (i32.const 96)))
      (v128.load (i32.const 112)))))
    (local.set $hit (i32x4.replace_lane 3 (i32x4.replace_lane 2 (i32x4.replace_lane 1
      (i32x4.splat (local.get $at))
      (i32.add (i32.load offset=28 (local.get $word)) (i32.shl (local.get $stamped) (i32.const 8))))
      (local.get $line))
      (local.get $start)))
    (if (i32.and (local.get $stamped) (i32.lt_u (local.get $at) (local.get $plainTo)))
      (then (if (i32.load offset=20 (local.get $word)) (then
        (if (call $behind (i32.load offset=20 (local.get $word)) (local.get $at)) (then
          (local.set $subject (i32.load offset=24 (local.get $word)))
          ;; what rests on nothing is told, and what waits goes on waiting
          (if (i32.lt_s (local.get $subject) (i32.const 0)) (then
            (call $put (local.get $hit))
            (return)))
          (if (i32.and (i32.ne (local.get $subject) (i32.const 0)) (i32.ne (i32.load (local.get $word)) (i32.const 0)))
            (then (if (call $differ
                  (i32.add (local.get $at) (local.get $subject))
                  (i32.add (i32.load (local.get $word)) (local.get $subject)))
              (then (call $release (local.get $words))))))
          (v128.store (local.get $word) (local.get $hit))
          (return)))))))
    (call $release (local.get $words))
    (call $put (local.get $hit)))

  ;; Looks at [from, to), where a line begins at `from`. Hits from `plainTo` on are all told. Returns lines before `to`, counted from `lines` on.
  (func (export "scan")
    (param $from i32) (param $to i32) (param $lines i32) (param $plainTo i32) (param $wordCount i32) (result i32)
    (local $at i32) (local $until i32) (local $mask i32) (local $ends i32) (local $start i32) (local $slot i32) (local $words i32)
    (local $bytes v128) (local $low v128) (local $high v128) (local $first v128) (local $second v128) (local $firstBefore v128) (local $secondBefore v128)
    (local $sets v128) (local $count v128) (local $newlines v128)
    (local.set $words (i32.add (i32.const 1024) (i32.shl (local.get $wordCount) (i32.const 5))))
    (global.set $out (i32.const 65536))
    (global.set $knownAt (local.get $from))
    (global.set $knownStart (local.get $from))
    (local.set $at (local.get $from))
    (block $done
      (loop $stretch
        ;; the counts of a stretch fit in bytes
        (local.set $lines (i32.add (local.get $lines) (call $sum (local.get $count))))
        (local.set $count (v128.const i64x2 0 0))
        (br_if $done (i32.ge_u (local.get $at) (local.get $to)))
        (local.set $until (i32.add (local.get $at) (i32.const 2048)))
        (if (i32.gt_u (local.get $until) (local.get $to)) (then (local.set $until (local.get $to))))
        (loop $step
          (local.set $bytes (v128.load (local.get $at)))
          (local.set $low (v128.and (local.get $bytes) (i8x16.splat (i32.const 15))))
          (local.set $high (i8x16.shr_u (local.get $bytes) (i32.const 4)))
          (local.set $first (v128.and
            (i8x16.swizzle (v128.load (i32.const 0)) (local.get $low))
            (i8x16.swizzle (v128.load (i32.const 16)) (local.get $high))))
          (local.set $second (v128.and
            (i8x16.swizzle (v128.load (i32.const 32)) (local.get $low))
            (i8x16.swizzle (v128.load (i32.const 48)) (local.get $high))))
          ;; the third byte of a word here, its second one before, its first two before
          (local.set $sets (v128.and
            (v128.and
              (v128.and
                (i8x16.swizzle (v128.load (i32.const 64)) (local.get $low))
                (i8x16.swizzle (v128.load (i32.const 80)) (local.get $high)))
              (i8x16.shuffle 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30
                (local.get $secondBefore) (local.get $second)))
            (i8x16.shuffle 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29
              (local.get $firstBefore) (local.get $first))))
          (local.set $firstBefore (local.get $first))
          (local.set $secondBefore (local.get $second))
          (local.set $newlines (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 10))))
          (if (v128.any_true (local.get $sets)) (then
            (local.set $mask (i32.xor (i32.const 65535)
              (i8x16.bitmask (i8x16.eq (local.get $sets) (v128.const i64x2 0 0)))))
            (loop $next
              (local.set $start (i32.sub (i32.add (local.get $at) (i32.ctz (local.get $mask))) (i32.const 2)))
              (local.set $slot (i32.add (i32.const 4096) (i32.shl (i32.wrap_i64
                (i64.shr_u (i64.mul (i64.load (local.get $start)) (i64.load (i32.const 128))) (i64.const 56)))
                (i32.const 4))))
              (if (i64.eq (i64.load (local.get $slot)) (i64.load (local.get $start))) (then
                (if (i32.le_u (i32.add (local.get $start) (i32.const 8)) (local.get $to)) (then
                  (local.set $ends (i8x16.bitmask (local.get $newlines)))
                  (call $hit (i32.load offset=8 (local.get $slot)) (local.get $start)
                    (i32.add
                      (i32.add (local.get $lines) (call $sum (local.get $count)))
                      (i32.popcnt (i32.and (local.get $ends)
                        (i32.sub (i32.shl (i32.const 1) (i32.ctz (local.get $mask))) (i32.const 1)))))
                    (local.get $plainTo) (local.get $words))))))
              (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
              (br_if $next (local.get $mask)))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (if (i32.gt_u (local.get $at) (local.get $to))
            (then (local.set $lines (i32.add (local.get $lines) (i32.popcnt (i32.and
              (i8x16.bitmask (local.get $newlines))
              (i32.shr_u (i32.const 65535) (i32.sub (local.get $at) (local.get $to))))))))
            (else (local.set $count (i8x16.sub (local.get $count) (local.get $newlines)))))
          (br_if $step (i32.lt_u (local.get $at) (local.get $until))))
        (br $stretch)))
    (call $release (local.get $words))
    (i32.store (i32.const 136) (i32.shr_u (i32.sub (global.get $out) (i32.const 65536)) (i32.const 4)))
    (local.get $lines)))
