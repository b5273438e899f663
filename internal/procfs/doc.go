// Package procfs reads what Linux says about other processes. On other systems, nothing is known about them.
package procfs
