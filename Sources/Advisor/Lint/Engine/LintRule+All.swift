extension LintRule {
  /// All rules, in the order of their ids; an id is never used for another rule.
  package static let all: [LintRule] = [
    noAssignment, shellCommand, hyphenApart, byteOrderMark, controlBytes, noFinalNewline,
    carriageReturns, nameNotRead, copyNotRead, longLine, mainFileOnly, vendorLast, textAfterValue,
    refusedValue, quotedValue, octalValue, hexadecimalValue, wrongCount, outOfRange, notRising,
    zeroOrNegative, roundedToTicks, removedKey, noEffect, deprecatedKey, newerKey, misspeltKey,
    mixedSeparators, readOnlyKey, actionKey, needsModule, notInNamespace, unsafeInPod,
    lateInterface, repeatedLine, contradictingLines, overriddenByFile, equalsDefault, belowDefault,
    synRetriesLow, synackRetriesLow, retries2Low, rtoMaxAlone, orphanRetriesLow, keepaliveLate,
    keepaliveEager, keepaliveIncomplete, keepaliveFragile, keepaliveSlower, finTimeoutLowered,
    timeWaitReuse, timeWaitReuseIdle, timeWaitLimited, orphansLimited, conntrackForgets,
    conntrackUnspread, timestampsOff, recoveryOff, syncookiesMode, abortOnOverflow,
    metricsNotSaved, idleRestartOff, rfc1337, ecnEverywhere, fastOpenEverywhere, challengeLimit,
    earlyRetransmitMode, rackOff, unknownCongestionControl, memoryInBytes, largeDefaultBuffer,
    autotuningOff, absurdQueue, synBacklogAlone, portsOfServices, portParity, strictReversePath,
    forwardingResets, silenceWithoutReason, silenceOfUnknownRule, silenceOfNothing,
    foreignFile, hostNamespace, valueNotText, noDirectory, settingOutOfRange, settingUnread,
    settingUnit, settingIgnored, keepaliveNotOn, settingMisspelt, settingNewer,
  ]
}
