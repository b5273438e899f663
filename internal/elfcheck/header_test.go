package elfcheck

import (
	"debug/elf"
	"strings"
	"testing"
)

func TestNamesOfMachinesAndSystemsAreELFs(t *testing.T) {
	named := 0
	for machine := range uint16(512) {
		if name := machineName(machine); !strings.Contains(name, " ") {
			named++
			if want := elf.Machine(machine).String(); name != want {
				t.Errorf("machine %d is %s, want %s", machine, name, want)
			}
		}
	}
	for system := range 256 {
		if name := systemName(byte(system)); !strings.Contains(name, " ") {
			named++
			if want := elf.OSABI(system).String(); "ELFOSABI_"+name != want {
				t.Errorf("system %d is %s, want %s", system, name, want)
			}
		}
	}
	if named < 20 {
		t.Errorf("only %d machines and systems have a name", named)
	}
}
