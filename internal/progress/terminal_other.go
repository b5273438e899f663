//go:build !unix && !windows

package progress

import "os"

func isTerminal(*os.File) bool { return false }

func interprets(*os.File) bool { return false }

func width(*os.File) int { return 0 }
