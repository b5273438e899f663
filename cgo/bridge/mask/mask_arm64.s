//go:build go1.21

#include "textflag.h"

// SIXTEEN replaces the 16 bytes of a vector by a bit for each byte that ends a string. Another one gets a bit for each
// that escapes. A byte is a control character if it is the smaller one of itself and the last of them.
#define SIXTEEN(bytes, escapes) \
	VCMEQ V17.B16, bytes.B16, escapes.B16 \
	VAND V19.B16, escapes.B16, escapes.B16 \
	VUMIN V18.B16, bytes.B16, V20.B16 \
	VCMEQ V20.B16, bytes.B16, V20.B16 \
	VCMEQ V16.B16, bytes.B16, V21.B16 \
	VORR V21.B16, V20.B16, V20.B16 \
	VAND V19.B16, V20.B16, bytes.B16

// PACK adds neighbours three times, so that eight bits are in one byte.
#define PACK(a, b, c, d, to) \
	VADDP b.B16, a.B16, a.B16 \
	VADDP d.B16, c.B16, c.B16 \
	VADDP c.B16, a.B16, a.B16 \
	VADDP a.B16, a.B16, a.B16 \
	VMOV a.D[0], to

// func of(text *[64]byte) (ends, escapes, all uint64)
TEXT ·of(SB), NOSPLIT, $0-32
	MOVD text+0(FP), R0
	VLD1 (R0), [V0.B16, V1.B16, V2.B16, V3.B16]
	VMOVI $34, V16.B16 // the quote
	VMOVI $92, V17.B16 // the backslash
	VMOVI $31, V18.B16 // the last control character
	MOVD $0x8040201008040201, R1
	VDUP R1, V19.D2
	VORR V0.B16, V1.B16, V22.B16
	VORR V2.B16, V3.B16, V23.B16
	VORR V22.B16, V23.B16, V22.B16
	SIXTEEN(V0, V4)
	SIXTEEN(V1, V5)
	SIXTEEN(V2, V6)
	SIXTEEN(V3, V7)
	PACK(V0, V1, V2, V3, R2)
	PACK(V4, V5, V6, V7, R3)
	VMOV V22.D[0], R4
	VMOV V22.D[1], R5
	ORR R5, R4, R4
	MOVD R2, ends+8(FP)
	MOVD R3, escapes+16(FP)
	MOVD R4, all+24(FP)
	RET
