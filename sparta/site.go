package sparta

// S3Site is a static website that is deployed together with the service: a private bucket behind CloudFront. NewS3Site
// makes one. Values of type any are strings or CloudFormation intrinsics.
type S3Site struct {
	Dir string `json:"dir"` // the folder with the site's files, from the folder in which the service is deployed

	// WebsiteConfiguration names the documents for a folder and for what does not exist. Nil means index.html and, if
	// the folder has it, error.html.
	WebsiteConfiguration *WebsiteConfiguration `json:"websiteConfiguration,omitempty"`
	BucketName           any                   `json:"bucketName,omitempty"` // nil means that CloudFormation chooses it
	// UserManifestData is userdata in MANIFEST.json, beside the outputs of the API. Its values may contain intrinsics.
	UserManifestData map[string]any `json:"userManifestData,omitempty"`

	// SinglePage answers requests for what does not exist with the index document, for applications that have their
	// routes in the browser.
	SinglePage bool `json:"singlePage,omitempty"`
	// CacheControl are headers of some of the files. The first entry whose pattern matches a file decides.
	CacheControl []SiteCacheControl `json:"cacheControl,omitempty"`
	Domain       *SiteDomain        `json:"domain,omitempty"` // nil means CloudFront's own
	// WebsiteHosting serves the site by HTTP from a public bucket, as the original does, without CloudFront.
	WebsiteHosting bool `json:"websiteHosting,omitempty"`
}

// WebsiteConfiguration names documents of a site.
type WebsiteConfiguration struct {
	IndexDocument *IndexDocument `json:"indexDocument,omitempty"` // nil means index.html
	ErrorDocument *ErrorDocument `json:"errorDocument,omitempty"` // nil means error.html, if the site has it
}

// IndexDocument is what a request for a folder results in.
type IndexDocument struct {
	Suffix string `json:"suffix"` // name of the document in each folder
}

// ErrorDocument is what a request for something that does not exist results in.
type ErrorDocument struct {
	Key string `json:"key"` // path of the document from the site's root
}

// SiteCacheControl is the Cache-Control header of files.
type SiteCacheControl struct {
	// Pattern is a pattern of path.Match, such as images/*.png. One without a slash is for names in all folders.
	Pattern string `json:"pattern"`
	Value   string `json:"value"` // for example public, max-age=3600
}

// SiteDomain has the domain names of a site.
type SiteDomain struct {
	Names          []string `json:"names"`          // for example www.example.com
	CertificateArn any      `json:"certificateArn"` // a certificate of ACM in us-east-1 for all the names
	// HostedZoneID is the zone of Route 53 in which the names are added. Nil means that they are added elsewhere.
	HostedZoneID any `json:"hostedZoneId,omitempty"`
	// HostedZoneName is the zone's name, for example example.com, instead of its ID. No other zone may have the name.
	HostedZoneName string `json:"hostedZoneName,omitempty"`
}

// OutputS3SiteURL is the stack's output with the URL of the site.
const OutputS3SiteURL = "S3SiteURL"

// NewS3Site returns a site of the files in a folder. The folder is read when the service is deployed, so that hooks and
// tools may fill it before that.
func NewS3Site(dir string) (*S3Site, error) {
	return &S3Site{Dir: dir, UserManifestData: map[string]any{}}, nil
}

// CloudFormationS3ResourceName returns the logical ID of the site's bucket in the template, for hooks.
func (*S3Site) CloudFormationS3ResourceName() string { return "S3Site" }
