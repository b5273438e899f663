package elfcheck

import (
	"encoding/binary"
	"fmt"
	"io"
)

// header is the beginning of an ELF file of any machine.
type header struct {
	class   byte // 32 or 64 bits
	data    byte // the byte order
	system  byte // the OS ABI
	kind    uint16
	machine uint16
}

const magic = "\x7fELF"

const (
	class32, class64        = 1, 2
	littleEndian, bigEndian = 1, 2

	systemNone, systemLinux = 0, 3 // ELFOSABI_NONE, ELFOSABI_LINUX

	kindObject, kindProgram, kindShared, kindCore = 1, 2, 3, 4 // ET_REL, ET_EXEC, ET_DYN, ET_CORE

	machineAMD64, machineARM64 = 62, 183 // EM_X86_64, EM_AARCH64
)

// readHeader reads the fields that have the same place in all ELF files.
func readHeader(file io.ReaderAt) (header, error) {
	b := make([]byte, 24)
	if _, err := file.ReadAt(b, 0); err != nil {
		return header{}, fmt.Errorf("read the ELF header: %w", err)
	}
	h := header{class: b[4], data: b[5], system: b[7]}
	if h.class != class32 && h.class != class64 {
		return h, fmt.Errorf("unknown ELF class %d", h.class)
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch h.data {
	case littleEndian:
	case bigEndian:
		order = binary.BigEndian
	default:
		return h, fmt.Errorf("unknown ELF byte order %d", h.data)
	}
	h.kind, h.machine = order.Uint16(b[16:]), order.Uint16(b[18:])
	if version := order.Uint32(b[20:]); b[6] != 1 || version != 1 {
		return h, fmt.Errorf("unknown ELF version %d, %d", b[6], version)
	}
	return h, nil
}

// check returns an error if the loader would refuse the file's system or machine.
func (h header) check(goarch string) error {
	if h.system != systemNone && h.system != systemLinux {
		return fmt.Errorf("it is built for %s: Lambda runs Linux; build with SPARTA_GOOS=linux", systemName(h.system))
	}
	if built := h.goarch(); built != goarch {
		return fmt.Errorf("it is built for %s, but the function is for %s: build again with SPARTA_GOARCH=%s%s",
			built, goarch, goarch, otherMachine(built))
	}
	return nil
}

// goarch returns the GOARCH of a file, or ELF's name and class for a machine that Lambda does not have.
func (h header) goarch() string {
	little64 := h.class == class64 && h.data == littleEndian
	switch {
	case little64 && h.machine == machineAMD64:
		return "amd64"
	case little64 && h.machine == machineARM64:
		return "arm64"
	}
	class, order := "ELFCLASS64", "ELFDATA2LSB"
	if h.class == class32 {
		class = "ELFCLASS32"
	}
	if h.data == bigEndian {
		order = "ELFDATA2MSB"
	}
	return fmt.Sprintf("%s (%s, %s)", machineName(h.machine), class, order)
}

// otherMachine suggests a deployment for the machine that the library is built for, if Lambda has it.
func otherMachine(built string) string {
	if built == "amd64" || built == "arm64" {
		return fmt.Sprintf(", or deploy for %s with SPARTA_GOARCH=%s", built, built)
	}
	return ""
}

// checkKind returns an error if the loader would refuse the file because it is not a shared library. A
// position-independent program has the same type and another flag.
func (h header) checkKind(d dynamic) error {
	const positionIndependentProgram = 0x08000000 // DF_1_PIE
	flags, _ := d.value(tagFlags1)
	if h.kind == kindShared && flags&positionIndependentProgram == 0 {
		return nil
	}
	kind := fmt.Sprintf("a file of type %d", h.kind)
	switch h.kind {
	case kindProgram, kindShared:
		kind = "a program"
	case kindObject:
		kind = "an object file"
	case kindCore:
		kind = "a core dump"
	}
	return fmt.Errorf("it is not a shared library but %s: build with -buildmode=c-shared", kind)
}

// machineName returns ELF's name of a machine for which there are Go or C compilers.
func machineName(machine uint16) string {
	switch machine {
	case 2:
		return "EM_SPARC"
	case 3:
		return "EM_386"
	case 8:
		return "EM_MIPS"
	case 20:
		return "EM_PPC"
	case 21:
		return "EM_PPC64"
	case 22:
		return "EM_S390"
	case 40:
		return "EM_ARM"
	case 43:
		return "EM_SPARCV9"
	case 50:
		return "EM_IA_64"
	case machineAMD64:
		return "EM_X86_64"
	case machineARM64:
		return "EM_AARCH64"
	case 243:
		return "EM_RISCV"
	case 247:
		return "EM_BPF"
	case 258:
		return "EM_LOONGARCH"
	}
	return fmt.Sprintf("ELF machine %d", machine)
}

// systemName returns ELF's name of a system for which there are Go or C compilers.
func systemName(system byte) string {
	switch system {
	case 1:
		return "HPUX"
	case 2:
		return "NETBSD"
	case 6:
		return "SOLARIS"
	case 7:
		return "AIX"
	case 8:
		return "IRIX"
	case 9:
		return "FREEBSD"
	case 12:
		return "OPENBSD"
	case 17:
		return "CLOUDABI"
	case 97:
		return "ARM"
	case 255:
		return "STANDALONE"
	}
	return fmt.Sprintf("ELF system %d", system)
}
