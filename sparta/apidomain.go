package sparta

// APIDomain is a custom domain of an API.
type APIDomain struct {
	Name string `json:"name"` // for example api.example.com
	// CertificateArn is a certificate of ACM: from us-east-1 for an EDGE endpoint, else from the stack's region.
	CertificateArn any    `json:"certificateArn"`
	EndpointType   string `json:"endpointType,omitempty"`   // EDGE or REGIONAL; empty means the API's
	SecurityPolicy string `json:"securityPolicy,omitempty"` // oldest TLS: TLS_1_2 (the default) or TLS_1_0
	BasePath       string `json:"basePath,omitempty"`       // first part of the path; empty means none
	// HostedZoneID is the zone of Route 53 in which the domain is added. Nil means that it is added elsewhere.
	HostedZoneID any `json:"hostedZoneId,omitempty"`
	// HostedZoneName is the zone's name, for example example.com, instead of its ID. No other zone may have the name.
	HostedZoneName string `json:"hostedZoneName,omitempty"`
}
