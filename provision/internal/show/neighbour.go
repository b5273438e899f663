package show

// URLRequest is the Request of a function's URL, which has no routes.
const URLRequest = "URL"

// Neighbour is what a page's picture shows beside a function: what invokes it, or what its role may use.
type Neighbour struct {
	Invokes         bool
	Name            string // of what invokes; functions that share the source share the name
	Title, Subtitle string // the title of a resource is its ARN, which identifies it
	Open            bool   // anybody may invoke the function through it
	Sample          string // the name of a sample of its events, see package sample; empty if there is none
	Request         string // the route, such as GET /orders, or URLRequest; empty if HTTP is not what invokes
}
