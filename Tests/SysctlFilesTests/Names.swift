import SysctlFiles

// Of two modules of today that have one.
typealias SysctlFile = SysctlFiles.SysctlFile
