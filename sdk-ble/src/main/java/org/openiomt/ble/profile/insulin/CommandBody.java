package org.openiomt.ble.profile.insulin;

/** What follows a {@link CommandCode}. */
public sealed interface CommandBody extends InsulinBody
        permits CommandData.Blocks,
                CommandData.TemplateStatus,
                CommandMessage.AvailableBoluses,
                CommandMessage.BolusTemplate,
                CommandMessage.Instance,
                CommandMessage.Response,
                CommandMessage.SetBolus,
                CommandMessage.SetTemporaryRate,
                CommandMessage.Template,
                CommandMessage.Templates,
                CommandMessage.Therapy,
                CommandMessage.WriteBlocks,
                CommandMessage.Wrote,
                Empty,
                InsulinAmount,
                TemporaryRateTemplate {}
