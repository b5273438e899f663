// Package discovery is what deployments and functions agree on for sparta.Discover.
package discovery

import "strings"

// Variable is the environment variable with what a function knows of its stack: JSON, in base64.
const Variable = "SPARTA_DISCOVERY_INFO"

// File is the file of the package with the same for functions at edge locations, which have no environment.
const File = "sparta-discovery.json"

// edgeRegion is where functions for edge locations are deployed.
const edgeRegion = "us-east-1"

// Names splits a function's name in AWS. The function's own name has no hyphens. The home is its region if it runs at
// an edge location, where names begin with it. Without a hyphen, stack and function are unknown, thus empty.
func Names(inAWS string) (home, stack, function string) {
	if name, atEdge := strings.CutPrefix(inAWS, edgeRegion+"."); atEdge {
		home, inAWS = edgeRegion, name
	}
	hyphen := strings.LastIndexByte(inAWS, '-')
	if hyphen <= 0 {
		return home, "", ""
	}
	return home, inAWS[:hyphen], inAWS[hyphen+1:]
}
