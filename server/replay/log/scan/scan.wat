;; Finds words in bytes and counts lines on the way, sixteen bytes a step (the "Teddy" of Hyperscan): three bytes of a word, each looked up
;; by its two halves in a table of eight sets of words; where all agree, the first eight bytes are compared with every word.
;;
;;    0  six tables of sixteen sets: low and high half of the first, second and third byte
;;   96  the form of a time stamp: the lowest of each of its sixteen characters, and (at 3072) how far each may be above it
;;  112  written at the end: where to go on, and how many lines ended before that
;;  128  the first eight bytes of each word
;; 4096  hits: where, which word (plus 256 where its line begins as a time stamp does), how many lines ended before it, where its line begins (four i32)
(module
  (memory (export "memory") 104)
  (func (export "scan")
    (param $from i32) (param $to i32) (param $words i32) (param $most i32) (param $lineStart i32) (result i32)
    (local $at i32) (local $hits i32) (local $lines i32) (local $mask i32) (local $ends i32) (local $below i32)
    (local $bit i32) (local $word i32) (local $out i32) (local $start i32) (local $key i64) (local $bytes v128) (local $sets v128)
    (local.set $at (local.get $from))
    (local.set $out (i32.const 4096))
    (block $done
      (loop $step
        (br_if $done (i32.ge_u (local.get $at) (local.get $to)))
        (br_if $done (i32.ge_u (local.get $hits) (local.get $most)))
        (local.set $bytes (v128.load (local.get $at)))
        ;; the ends of lines among the sixteen; at the end of the window only those before it
        (local.set $ends (i8x16.bitmask (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 10)))))
        (if (i32.gt_u (i32.add (local.get $at) (i32.const 16)) (local.get $to))
          (then (local.set $ends (i32.and (local.get $ends)
            (i32.sub (i32.shl (i32.const 1) (i32.sub (local.get $to) (local.get $at))) (i32.const 1))))))
        (local.set $sets (v128.and
          (i8x16.swizzle (v128.load (i32.const 0)) (v128.and (local.get $bytes) (i8x16.splat (i32.const 15))))
          (i8x16.swizzle (v128.load (i32.const 16)) (i8x16.shr_u (local.get $bytes) (i32.const 4)))))
        (local.set $bytes (v128.load offset=1 (local.get $at)))
        (local.set $sets (v128.and (local.get $sets) (v128.and
          (i8x16.swizzle (v128.load (i32.const 32)) (v128.and (local.get $bytes) (i8x16.splat (i32.const 15))))
          (i8x16.swizzle (v128.load (i32.const 48)) (i8x16.shr_u (local.get $bytes) (i32.const 4))))))
        (local.set $bytes (v128.load offset=2 (local.get $at)))
        (local.set $sets (v128.and (local.get $sets) (v128.and
          (i8x16.swizzle (v128.load (i32.const 64)) (v128.and (local.get $bytes) (i8x16.splat (i32.const 15))))
          (i8x16.swizzle (v128.load (i32.const 80)) (i8x16.shr_u (local.get $bytes) (i32.const 4))))))
        (local.set $mask (i32.xor (i32.const 65535)
          (i8x16.bitmask (i8x16.eq (local.get $sets) (v128.const i64x2 0 0)))))
        (block $none
          (loop $next
            (br_if $none (i32.eqz (local.get $mask)))
            (local.set $bit (i32.ctz (local.get $mask)))
            (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
            (br_if $none (i32.gt_u
              (i32.add (i32.add (local.get $at) (local.get $bit)) (i32.const 8)) (local.get $to)))
            (local.set $key (i64.load (i32.add (local.get $at) (local.get $bit))))
            (local.set $word (i32.const 0))
            (loop $compare
              (if (i64.eq (local.get $key) (i64.load offset=128 (i32.shl (local.get $word) (i32.const 3))))
                (then
                  (local.set $below (i32.and (local.get $ends)
                    (i32.sub (i32.shl (i32.const 1) (local.get $bit)) (i32.const 1))))
                  (i32.store (local.get $out) (i32.add (local.get $at) (local.get $bit)))
                  (local.set $start (select
                    (i32.sub (i32.add (local.get $at) (i32.const 32)) (i32.clz (local.get $below)))
                    (local.get $lineStart)
                    (local.get $below)))
                  (i32.store offset=4 (local.get $out) (i32.add (local.get $word) (i32.shl
                    (i8x16.all_true (i8x16.le_u
                      (i8x16.sub (v128.load (local.get $start)) (v128.load (i32.const 96)))
                      (v128.load (i32.const 3072))))
                    (i32.const 8))))
                  (i32.store offset=8 (local.get $out)
                    (i32.add (local.get $lines) (i32.popcnt (local.get $below))))
                  (i32.store offset=12 (local.get $out) (local.get $start))
                  (local.set $out (i32.add (local.get $out) (i32.const 16)))
                  (local.set $hits (i32.add (local.get $hits) (i32.const 1))))
                (else
                  (local.set $word (i32.add (local.get $word) (i32.const 1)))
                  (br_if $compare (i32.lt_u (local.get $word) (local.get $words))))))
            (br $next)))
        (if (local.get $ends)
          (then
            (local.set $lines (i32.add (local.get $lines) (i32.popcnt (local.get $ends))))
            (local.set $lineStart
              (i32.sub (i32.add (local.get $at) (i32.const 32)) (i32.clz (local.get $ends))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $step)))
    (i32.store (i32.const 112) (select (local.get $to) (local.get $at) (i32.gt_u (local.get $at) (local.get $to))))
    (i32.store (i32.const 116) (local.get $lines))
    (i32.store (i32.const 120) (local.get $lineStart))
    (local.get $hits)))
