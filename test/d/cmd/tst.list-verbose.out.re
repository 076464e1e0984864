   ID   PROVIDER            MODULE                          FUNCTION NAME
 +[0-9]+    syscall +[a-z]+ +getppid entry

	Probe Description Attributes
		Identifier Names: [A-Z][a-z]+
		Data Semantics:   [A-Z][a-z]+
		Dependency Class: [A-Za-z]+

	Argument Attributes
		Identifier Names: [A-Z][a-z]+
		Data Semantics:   [A-Z][a-z]+
		Dependency Class: [A-Za-z]+

	Argument Types
		None

