package lambdaruntime

import (
	"bufio"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// belongs reports whether the other end of a connection on the loopback interface is a socket of the process that leads
// the group, or of its children. Clients of the Runtime API send no secret that identifies them, and any user of the
// machine can connect. Where /proc does not show sockets, it always reports true.
func belongs(conn net.Conn, group int) bool {
	if _, err := os.Stat(tcpTable); err != nil {
		return true
	}
	inode := inodeOf(conn.RemoteAddr(), conn.LocalAddr())
	if inode == "" {
		return false // the other end is closed already
	}
	link := "socket:[" + inode + "]"
	if hasOpen(group, link) { // the usual case
		return true
	}
	for _, pid := range family(group) {
		if hasOpen(pid, link) {
			return true
		}
	}
	return false
}

const tcpTable = "/proc/net/tcp"

// inodeOf returns the inode of the socket with these addresses, or "".
func inodeOf(local, remote net.Addr) string {
	for _, table := range []string{tcpTable, "/proc/net/tcp6"} {
		if inode := lookUp(table, local, remote); inode != "" {
			return inode
		}
	}
	return ""
}

// lookUp returns the inode of the socket with these addresses in a table of /proc, or "".
func lookUp(table string, local, remote net.Addr) string {
	file, err := os.Open(table)
	if err != nil {
		return ""
	}
	defer file.Close()
	wanted := [2]string{hexAddress(local), hexAddress(remote)}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) > 9 && lastOf(fields[1]) == wanted[0] && lastOf(fields[2]) == wanted[1] && fields[9] != "0" {
			return fields[9]
		}
	}
	return ""
}

// hexAddress returns an IPv4 address in the form of these tables: as a number in the machine's byte order.
func hexAddress(addr net.Addr) string {
	at, err := netip.ParseAddrPort(addr.String())
	if err != nil || !at.Addr().Unmap().Is4() {
		return "none"
	}
	b := at.Addr().Unmap().As4()
	return fmt.Sprintf("%02X%02X%02X%02X:%04X", b[3], b[2], b[1], b[0], at.Port())
}

// lastOf returns the IPv4 part of an address that may be mapped into IPv6.
func lastOf(address string) string {
	if len(address) > len("0100007F:0000") {
		return address[len(address)-len("0100007F:0000"):]
	}
	return address
}

// hasOpen reports whether a process has a file of this name open.
func hasOpen(pid int, link string) bool {
	dir := filepath.Join("/proc", strconv.Itoa(pid), "fd")
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false // it has ended, or belongs to someone else
	}
	for _, entry := range entries {
		if target, err := os.Readlink(filepath.Join(dir, entry.Name())); err == nil && target == link {
			return true
		}
	}
	return false
}

// family lists the processes of a group, and the descendants of its leader, which may have left it.
func family(group int) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	children := map[int][]int{}
	var found []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		parent, leader := parentAndGroup(pid)
		children[parent] = append(children[parent], pid)
		if leader == group {
			found = append(found, pid)
		}
	}
	for queue := []int{group}; len(queue) > 0; queue = queue[1:] {
		queue = append(queue, children[queue[0]]...)
		found = append(found, children[queue[0]]...)
	}
	return found
}

// strays lists the processes that the leader of a group or its children have started and that have left the group.
func strays(group int) []int {
	return slices.DeleteFunc(family(group), func(pid int) bool {
		_, leader := parentAndGroup(pid)
		return leader == group
	})
}

// parentAndGroup returns the IDs of a process's parent and of its group's leader, or zeros.
func parentAndGroup(pid int) (parent, group int) {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return 0, 0
	}
	// The name, in parentheses, may contain anything: pid (name) state parent group
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	if len(fields) < 3 {
		return 0, 0
	}
	parent, _ = strconv.Atoi(fields[1])
	group, _ = strconv.Atoi(fields[2])
	return parent, group
}
