package elfcheck

import (
	"debug/elf"
	"fmt"
	"strings"
)

// checkHeader returns an error if the loader would refuse the file's system, machine or type.
func checkHeader(f *elf.File, goarch string) error {
	if f.OSABI != elf.ELFOSABI_NONE && f.OSABI != elf.ELFOSABI_LINUX {
		return fmt.Errorf("it is built for %s: Lambda runs Linux; build with SPARTA_GOOS=linux",
			strings.TrimPrefix(f.OSABI.String(), "ELFOSABI_"))
	}
	if built := machine(f); built != goarch {
		return fmt.Errorf("it is built for %s, but the function is for %s: build again with SPARTA_GOARCH=%s%s",
			built, goarch, goarch, otherMachine(built))
	}
	if !isShared(f) {
		return fmt.Errorf("it is not a shared library but %s: build with -buildmode=c-shared", kind(f))
	}
	return nil
}

// machine returns the GOARCH of a file, or ELF's name and class for a machine that Lambda does not have.
func machine(f *elf.File) string {
	little64 := f.Class == elf.ELFCLASS64 && f.Data == elf.ELFDATA2LSB
	switch {
	case little64 && f.Machine == elf.EM_X86_64:
		return "amd64"
	case little64 && f.Machine == elf.EM_AARCH64:
		return "arm64"
	}
	return fmt.Sprintf("%s (%s, %s)", f.Machine, f.Class, f.Data)
}

// otherMachine suggests a deployment for the machine that the library is built for, if Lambda has it.
func otherMachine(built string) string {
	if built == "amd64" || built == "arm64" {
		return fmt.Sprintf(", or deploy for %s with SPARTA_GOARCH=%s", built, built)
	}
	return ""
}

// isShared reports whether a file is a shared library. A position-independent program has the same type; the
// loader refuses it because of this flag.
func isShared(f *elf.File) bool {
	flags, err := f.DynValue(elf.DT_FLAGS_1)
	if err == nil && len(flags) > 0 && elf.DynFlag1(flags[0])&elf.DF_1_PIE != 0 {
		return false
	}
	return f.Type == elf.ET_DYN
}

func kind(f *elf.File) string {
	switch f.Type {
	case elf.ET_EXEC, elf.ET_DYN:
		return "a program"
	case elf.ET_REL:
		return "an object file"
	case elf.ET_CORE:
		return "a core dump"
	}
	return "a file of type " + f.Type.String()
}
