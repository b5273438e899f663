//go:build go1.21

#include "textflag.h"

DATA quote<>+0(SB)/8, $0x2222222222222222
DATA quote<>+8(SB)/8, $0x2222222222222222
GLOBL quote<>(SB), RODATA|NOPTR, $16

DATA escape<>+0(SB)/8, $0x5c5c5c5c5c5c5c5c
DATA escape<>+8(SB)/8, $0x5c5c5c5c5c5c5c5c
GLOBL escape<>(SB), RODATA|NOPTR, $16

// The last control character.
DATA control<>+0(SB)/8, $0x1f1f1f1f1f1f1f1f
DATA control<>+8(SB)/8, $0x1f1f1f1f1f1f1f1f
GLOBL control<>(SB), RODATA|NOPTR, $16

// SIXTEEN adds the 16 bytes from an offset on to the masks: R8 has ends, R9 has escapes, and X7 has all bytes, combined
// by OR. A byte is a control character if it is the smaller one of itself and the last of them.
#define SIXTEEN(offset) \
	MOVOU offset(SI), X3 \
	POR X3, X7 \
	MOVO X3, X4 \
	PCMPEQB X0, X4 \
	MOVO X3, X5 \
	PCMPEQB X1, X5 \
	MOVO X3, X6 \
	PMINUB X2, X6 \
	PCMPEQB X3, X6 \
	POR X6, X4 \
	PMOVMSKB X4, AX \
	PMOVMSKB X5, BX \
	SHLQ $offset, AX \
	SHLQ $offset, BX \
	ORQ AX, R8 \
	ORQ BX, R9

// func of(text *[64]byte) (ends, escapes, all uint64)
TEXT ·of(SB), NOSPLIT, $0-32
	MOVQ text+0(FP), SI
	MOVOU quote<>(SB), X0
	MOVOU escape<>(SB), X1
	MOVOU control<>(SB), X2
	PXOR X7, X7
	XORL R8, R8
	XORL R9, R9
	SIXTEEN(0)
	SIXTEEN(16)
	SIXTEEN(32)
	SIXTEEN(48)
	PSHUFD $0xee, X7, X6
	POR X6, X7
	MOVQ X7, CX
	MOVQ R8, ends+8(FP)
	MOVQ R9, escapes+16(FP)
	MOVQ CX, all+24(FP)
	RET
